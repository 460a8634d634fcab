package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.internal.child.ChildMain;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.start.Spares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each parent here is a JVM of its own, because spares stay as long as their parent.
@Timeout(90)
class SparesTest {
  private static final List<String> TWO_SPARES = List.of("-Dmultijvm.spares=2");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @EachTransport
  void workerComesFromASpareThatWaitedForIt(Transport transport) throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              var options = warm(2).withTransport(transport);
              assertThat(ProcessPool.prestart(options, PATIENCE)).isEqualTo(2);
              var spares = children();
              assertThat(spares).hasSize(2);

              try (var pool = ProcessPool.open(options);
                  var meeting = SharedBarrier.create(2)) {
                var pids = pool.map(_ -> pidOfOneWhoMet(meeting), List.of(1, 2), 1);

                assertThat(spares).hasSameElementsAs(pids);
                assertThat(pool.workers()).extracting(WorkerInfo::pid).hasSameElementsAs(pids);
                pool.submit(() -> System.out.println("greeting")).get(30, SECONDS);
              }
            })) {
      assertThat(parent.said()).matches("\\[worker-[12]] greeting");
      parent.join();
    }
  }

  @Test
  void sparesAreReplacedAfterTheyWereTakenAndTheDescriptionCountsThem() throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              try (var pool = ProcessPool.open(warm(2))) {
                assertThat(pool.description().spares()).isZero();

                await(() -> pool.description().spares() == 2);

                assertThat(children()).hasSize(4);
              }
              await(() -> children().size() == 2);
            })) {
      parent.join();
    }
  }

  @ParameterizedTest
  @EachTransport
  void spareThatDiedWhileItWaitedIsReplacedAndNeverUsed(Transport transport) throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              var options = warm(2).withTransport(transport);
              ProcessPool.prestart(options, PATIENCE);
              var first = children();
              kill(first);

              try (var pool = ProcessPool.open(options)) {
                assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS))
                    .isNotIn(first);
              }
              assertThat(ProcessPool.prestart(options, PATIENCE)).isEqualTo(2);
              assertThat(children()).hasSize(2).doesNotContainAnyElementsOf(first);
            })) {
      parent.join();
    }
  }

  @Test
  void whoWaitsForSparesThatMadeRoomForOthersIsLetGo() throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              var one = warm(2).withJvmArguments(List.of("-Dcolour=red", "-XX:+UseSerialGC"));
              var other = warm(2).withJvmArguments(List.of("-Dcolour=blue", "-XX:+UseSerialGC"));
              var forever = Duration.ofDays(1);
              var first = new FutureTask<>(() -> ProcessPool.prestart(one, forever));
              Thread.ofVirtual().start(first);
              await(() -> !children().isEmpty());

              assertThat(ProcessPool.prestart(other, forever)).isEqualTo(2);

              assertThat(first.get(30, SECONDS)).isBetween(0, 2);
            })) {
      parent.join();
    }
  }

  @Test
  void sparesOfOtherOptionsAreLeftAlone() throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              var one = warm(1).withJvmArguments(List.of("-Dcolour=red", "-XX:+UseSerialGC"));
              var other = warm(1).withJvmArguments(List.of("-Dcolour=blue", "-XX:+UseSerialGC"));
              assertThat(ProcessPool.prestart(one, PATIENCE)).isOne();
              var spare = children();

              try (var pool = ProcessPool.open(other)) {
                assertThat(pool.submit(() -> System.getProperty("colour")).get(30, SECONDS))
                    .isEqualTo("blue");
                assertThat(pool.workers()).extracting(WorkerInfo::pid).noneMatch(spare::contains);
              }
              try (var pool = ProcessPool.open(one)) {
                assertThat(pool.submit(() -> System.getProperty("colour")).get(30, SECONDS))
                    .isEqualTo("red");
                assertThat(pool.workers()).extracting(WorkerInfo::pid).allMatch(spare::contains);
              }
            })) {
      parent.join();
    }
  }

  @Test
  void sparesThatNobodyAskedForAsLongMakeRoom() throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              assertThat(ProcessPool.prestart(warm(3), PATIENCE)).isEqualTo(2);
              var old = children();
              assertThat(old).hasSize(2);

              assertThat(ProcessPool.prestart(warm(1), PATIENCE)).isOne();

              await(() -> children().size() == 1);
              assertThat(children()).doesNotContainAnyElementsOf(old);
            })) {
      parent.join();
    }
  }

  @Test
  void childProcessComesFromASpareOfItsOwnKind() throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              var options = ChildOptions.defaults().withStartMethod(StartMethod.WARM);
              try (var first = ChildProcess.start(options, () -> {})) {
                first.join();
              }
              await(() -> Spares.ready(JvmCommand.of(ChildMain.class)) == 1);
              var spare = children();

              var named = options.withName("heir");
              try (var second =
                  ChildProcess.start(
                      named, () -> System.out.println("I am " + CurrentProcess.name()))) {
                assertThat(spare).containsExactly(second.pid());
                second.join();
                assertThat(second.failure()).isEmpty();
              }
            })) {
      assertThat(parent.said()).isEqualTo("I am heir");
      parent.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "kill"})
  void sparesEndWithTheirParent(String how) throws Exception {
    try (var parent =
        TestChild.start(
            TWO_SPARES,
            () -> {
              ProcessPool.prestart(warm(2), PATIENCE);
              children().forEach(TestChild::say);
              System.out.flush();
              TestChild.hear();
            })) {
      var spares = new ArrayList<ProcessHandle>();
      for (int i = 0; i < 2; i++) {
        ProcessHandle.of(Long.parseLong(parent.said())).ifPresent(spares::add);
      }
      assertThat(spares).hasSize(2);

      if (how.equals("exit")) {
        parent.tell("go");
        parent.join();
      } else {
        parent.kill();
      }

      var gone = spares.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(gone).get(30, SECONDS);
    }
  }

  private static PoolOptions warm(int workers) {
    return PoolOptions.defaults().withWorkers(workers).withStartMethod(StartMethod.WARM);
  }

  /// Each item meets the other, and so is in a worker of its own.
  private static long pidOfOneWhoMet(SharedBarrier meeting) {
    try {
      meeting.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    return ProcessHandle.current().pid();
  }

  /// The pids of this JVM's children.
  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static void kill(Set<Long> pids) throws Exception {
    for (long pid : pids) {
      var handle = ProcessHandle.of(pid).orElseThrow();
      handle.destroyForcibly();
      handle.onExit().get(30, SECONDS);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
