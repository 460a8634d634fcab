package dev.multijvm.multiprocessing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workers do not outlive the process that opened the pool, however it ends.
class OrphanTest {
  private static final AtomicInteger PARENTS = new AtomicInteger();

  /// Every process of a parent has this system property, as the parent has it.
  private static final String MARK = "orphan.test";

  /// What the workers of a parent do.
  enum Work {
    NONE,
    COUNTING,
    TINY,
    LARGE
  }

  /// Opens a pool and keeps its workers at work until it is killed.
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      var pool =
          ProcessPool.open(
              PoolOptions.defaults()
                  .withWorkers(2)
                  .withTransport(Transport.valueOf(args[0]))
                  .withJvmArguments(List.of("-XX:+UseSerialGC")));
      for (var met : List.of(pool.submit(pause()), pool.submit(pause()))) {
        met.get(30, SECONDS);
      }
      var work = Work.valueOf(args[1]);
      if (work == Work.COUNTING) {
        for (int i = 0; i < 2; i++) {
          var _ = pool.submit(() -> count(Integer.MAX_VALUE));
        }
        Thread.sleep(500); // long enough for the loop to be compiled
      }
      System.out.println("at work");
      while (true) {
        switch (work) {
          case NONE, COUNTING -> Thread.sleep(60_000);
          case TINY -> pool.map(n -> n + 1, IntStream.range(0, 1000).boxed().toList());
          case LARGE -> {
            byte[] large = new byte[1 << 20];
            pool.submit(() -> large).get(30, SECONDS);
          }
        }
      }
    }

    private static SerializableCallable<Integer> pause() {
      return () -> {
        Thread.sleep(100);
        return count(1000);
      };
    }

    /// An int loop without a call, in which Serial would not stop for a safepoint: many seconds of
    /// divisions, which no compiler can leave out.
    private static int count(int steps) {
      int x = 7;
      for (int i = 0; i < steps; i++) {
        x = 1 + (i | 1) / (x | 1);
        x = 1 + (i | 3) / (x | 1);
        x = 1 + (i | 5) / (x | 1);
        x = 1 + (i | 7) / (x | 1);
      }
      return x;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHARED_MEMORY, NONE",
    "SHARED_MEMORY, COUNTING",
    "SOCKET, NONE",
    "SOCKET, COUNTING",
  })
  @Timeout(60)
  void workersAreGoneWithinASecondOfTheirParentsKill(Transport transport, Work work)
      throws Exception {
    try (var family = new Family(transport, work)) {
      family.awaitWork();
      assertThat(family.members()).hasSize(3);

      family.killParent();

      family.assertGoneWithinASecond();
    }
  }

  @Test
  @Tag("stress")
  @Timeout(3600)
  void workersAreGoneWithinASecondWheneverTheirParentIsKilled() throws Exception {
    var random = new Random(20_261_121);
    var kills = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < Stress.times(50); i++) {
      var transport = random.nextBoolean() ? Transport.SHARED_MEMORY : Transport.SOCKET;
      var work = Work.values()[random.nextInt(Work.values().length)];
      long millis = random.nextInt(1500);
      kills.add(() -> {
        try (var family = new Family(transport, work)) {
          Thread.sleep(millis);
          family.killParent();
          family.assertGoneWithinASecond();
        }
        return true;
      });
    }

    try (var twoAtOnce = Executors.newFixedThreadPool(2)) {
      for (var killed : twoAtOnce.invokeAll(kills)) {
        assertThat(killed.get()).isTrue();
      }
    }

    System.out.println("no orphan after " + kills.size() + " kills of parents");
    assertNothingIsLeftInMemory();
  }

  private static void assertNothingIsLeftInMemory() throws IOException {
    Scratch.sweep();
    try (var files = Files.list(Scratch.directory().resolveSibling(""))) {
      for (var file : files.filter(file -> file.toString().contains("multijvm-")).toList()) {
        assertThat(Scratch.creatorOf(file).isAlive()).as("%s has an owner", file).isTrue();
      }
    }
  }

  /// A parent and all its processes.
  private static final class Family implements AutoCloseable {
    private static final long ALLOWED_NANOS = Duration.ofSeconds(1).toNanos();

    private final String mark = "-D" + MARK + "=" + PARENTS.incrementAndGet() + "-of-" + pid();
    private final Process parent;
    private long killedNanos;

    Family(Transport transport, Work work) throws IOException {
      parent =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  mark,
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Parent.class.getName(),
                  transport.name(),
                  work.name())
              .redirectError(Redirect.INHERIT)
              .start();
    }

    private static long pid() {
      return ProcessHandle.current().pid();
    }

    void awaitWork() throws IOException {
      assertThat(parent.inputReader().readLine()).isEqualTo("at work");
    }

    void killParent() {
      parent.destroyForcibly();
      killedNanos = System.nanoTime();
    }

    /// All that are alive.
    List<ProcessHandle> members() {
      return ProcessHandle.allProcesses()
          .filter(one -> commandLine(one.pid()).contains(mark + "\0"))
          .filter(ProcessHandle::isAlive)
          .toList();
    }

    /// All words of it, each ended by a zero: `ProcessHandle` knows no line of more than a page.
    private static String commandLine(long pid) {
      try {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"), ISO_8859_1);
      } catch (IOException _) {
        return ""; // it has ended
      }
    }

    /// A machine that lets nobody run for a while lets the workers have that time too.
    void assertGoneWithinASecond() throws InterruptedException {
      long longestPause = 0;
      long last = killedNanos;
      while (!members().isEmpty()) {
        Thread.sleep(10);
        long now = System.nanoTime();
        longestPause = Math.max(longestPause, now - last);
        last = now;
        assertThat(now - killedNanos)
            .as(() -> "nanoseconds that %s outlive their parent".formatted(members()))
            .isLessThan(ALLOWED_NANOS + longestPause);
      }
    }

    @Override
    public void close() {
      parent.destroyForcibly();
      members().forEach(ProcessHandle::destroyForcibly);
      assertThat(parent.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }
  }
}
