package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole command, as a process, on real JMH jars that know nothing of this project.
class CompareTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String SHORT = "-wi 0 -i 3";

  @TempDir private static Path shared;
  private static Path quick = Path.of("");
  private static Path slow = Path.of("");

  /// For JMH's lock file and ours, so that no other run on the machine is in the way.
  @TempDir private Path directory;

  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void makeJars() throws IOException {
    quick = naps("quick.jar", 20);
    slow = naps("slow.jar", 40);
  }

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.waitFor();
    }
  }

  @Test
  void benchmarkThatThrowsIsNamedWithItsExceptionAndExitsWithThree() throws Exception {
    Process compare = compare(quick, slow, "--include", "fails:unused=a");

    assertThat(status(compare)).isEqualTo(3);
    assertThat(output())
        .contains("The benchmark fails: Naps.fails")
        .contains("java.lang.IllegalStateException: on purpose");
  }

  @Test
  void listNamesTheCasesOfForeignJars() throws Exception {
    Process compare = compare(quick, slow, "--list");

    assertThat(status(compare)).isZero();
    assertThat(output()).contains("Naps.nap:unused=a").contains("Naps.nap:unused=b");
  }

  @Test
  void whatIsNoJarAndNoRevisionExitsWithThree() throws Exception {
    Path text = Files.writeString(directory.resolve("text.jar"), "no jar");

    assertThat(status(compare(quick, text))).isEqualTo(3);
    assertThat(output()).contains("text.jar lists no JMH benchmarks");
    assertThat(status(compare(quick, Path.of("no-such-thing")))).isEqualTo(3);
    assertThat(output()).contains("Neither a file nor a git revision");
  }

  @Test
  void timeThatIsUpLeavesTheAnswerOpen() throws Exception {
    Process compare = compare(quick, quick, "--include", "nap:unused=a", "--time", "0.0001");

    assertThat(status(compare)).isEqualTo(2);
    assertThat(output()).contains("The time was up").contains("same thing");
    assertThat(Files.readString(directory.resolve("out/compare.json"))).contains("time-up");
  }

  @Test
  void lockHeldByAnotherRunOfJmhIsSaidAndWaitedFor() throws Exception {
    Process compare;
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("jmh.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      compare = compare(quick, quick, "--include", "nap:unused=a");
      awaitOutput(compare, "holds its lock; waiting");
      assertThat(output()).doesNotContain("pair  1");
    }

    awaitOutput(compare, "pair  1");
    assertThat(compare.isAlive()).isTrue();
  }

  @Test
  void interruptLeavesNoChildAndSaysWhatWasMeasured() throws Exception {
    Process compare = compare(quick, slow, "--include", "nap:unused=a");
    awaitOutput(compare, "pair  1");
    List<ProcessHandle> children = awaitForkOf(compare);

    new ProcessBuilder("kill", "-INT", Long.toString(compare.pid())).start().waitFor();

    assertThat(status(compare)).isEqualTo(130);
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(output()).contains("Stopped early").contains("Naps.nap:unused=a");
    assertThat(Files.readString(directory.resolve("out/compare.json"))).contains("interrupted");
  }

  @Test
  @Tag("stress")
  void napATenthLongerIsSlowerAndExitsWithOne() throws Exception {
    Process compare = compare(quick, naps("tenth.jar", 22), "--include", "nap:unused=a");

    assertThat(status(compare)).isEqualTo(1);
    assertThat(output()).contains("is slower than").contains("slower, confirmed");
  }

  @Test
  @Tag("stress")
  void napATwentiethLongerIsSlowerOrOpenButNeverTheSame() throws Exception {
    Process compare =
        compare(quick, naps("twentieth.jar", 21), "--include", "nap:unused=a", "--time", "1.5");

    assertThat(status(compare)).isIn(1, 2);
  }

  private Process compare(Path base, Path head, String... options) throws IOException {
    // A build in the background of a script ignores SIGINT, and so would all its descendants.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", ForeignJar.classPath(), Compare.class.getName()));
    command.addAll(List.of(base.toString(), head.toString()));
    command.addAll(List.of("--out", directory.resolve("out").toString()));
    // Tests share the machine with others; what is rejected has a test of its own.
    command.addAll(List.of("--max-foreign", "100"));
    command.addAll(List.of(options));
    command.add("--");
    command.addAll(List.of(SHORT.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log().toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + directory);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Path log() {
    return directory.resolve("output.log");
  }

  private String output() throws IOException {
    return Files.readString(log());
  }

  private int status(Process process) throws Exception {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  private void awaitOutput(Process compare, String text) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!output().contains(text)) {
      assertThat(compare.isAlive() && System.nanoTime() < deadline).as(output()).isTrue();
      Thread.sleep(20);
    }
  }

  /// JMH's host and its fork.
  private List<ProcessHandle> awaitForkOf(Process compare) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    List<ProcessHandle> children = compare.descendants().toList();
    while (children.size() < 2) {
      assertThat(compare.isAlive() && System.nanoTime() < deadline).as(output()).isTrue();
      Thread.sleep(10);
      children = compare.descendants().toList();
    }
    return children;
  }

  private static Path naps(String name, int millis) throws IOException {
    return ForeignJar.of(shared, name, source(millis));
  }

  private static String source(int millis) {
    return """
    package org.example;

    import org.openjdk.jmh.annotations.Benchmark;
    import org.openjdk.jmh.annotations.BenchmarkMode;
    import org.openjdk.jmh.annotations.Mode;
    import org.openjdk.jmh.annotations.Param;
    import org.openjdk.jmh.annotations.Scope;
    import org.openjdk.jmh.annotations.State;

    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.SingleShotTime)
    public class Naps {
      @Param({"a", "b"}) public String unused;

      @Benchmark public void nap() throws InterruptedException { Thread.sleep(%d); }

      @Benchmark public void fails() { throw new IllegalStateException("on purpose"); }
    }
    """
        .formatted(millis);
  }
}
