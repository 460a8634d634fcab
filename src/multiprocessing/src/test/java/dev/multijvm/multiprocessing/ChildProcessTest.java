package dev.multijvm.multiprocessing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
  }

  @AfterEach
  void listenNoMore() throws Exception {
    System.setOut(realOut);
    System.setErr(realErr);
    try (Stream<Path> files = Files.list(Scratch.directory())) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("failure"))).isEmpty();
    }
    awaitThreadsGone();
  }

  @Test
  void childRunsTheTaskWithTheCapturedValuesAndItsOutputIsHereAfterJoin() throws Exception {
    List<String> words = List.of("hello", "wörld");

    ChildProcess child = start(() -> System.out.println(String.join(" ", words)));
    child.join();

    assertThat(out.toString(UTF_8)).isEqualTo("hello wörld\n");
    assertThat(child.isAlive()).isFalse();
    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(0));
    assertThat(child.failure()).isEmpty();
    assertThat(child).hasToString("process worker-under-test (pid " + child.pid() + "), exit 0");
  }

  @Test
  void childKnowsItsNameItsPidAndItsParent() throws Exception {
    ChildProcess child =
        start(() -> {
          System.out.println(CurrentProcess.name() + " " + CurrentProcess.isChild());
          System.out.println(CurrentProcess.pid() + " " + CurrentProcess.parentPid());
        });
    child.join();

    assertThat(out.toString(UTF_8).lines())
        .containsExactly("worker-under-test true", child.pid() + " " + CurrentProcess.pid());
    assertThat(child.parentPid()).isEqualTo(CurrentProcess.pid());
    assertThat(CurrentProcess.name()).isEqualTo("main");
    assertThat(CurrentProcess.isChild()).isFalse();
  }

  @Test
  void processesWithoutANameAreNumbered() {
    try (ChildProcess child = ChildProcess.start(() -> {})) {
      assertThat(child.name()).matches("process-\\d+");
    }
  }

  @Test
  void joinWithATimeoutGivesUp() throws Exception {
    ChildProcess child = start(() -> sleep(60_000));
    try {
      assertThat(child.join(Duration.ofMillis(50))).isFalse();
      assertThat(child.isAlive()).isTrue();
      assertThat(child.exitStatus()).isEmpty();
      assertThat(child.failure()).isEmpty();
    } finally {
      child.kill();
    }

    assertThat(child.join(ChronoUnit.FOREVER.getDuration())).isTrue();
    assertThat(child.exitStatus()).contains(new ExitStatus.Signal(9));
    assertThat(child.failure().orElseThrow())
        .hasMessage("process worker-under-test (pid %d) ended with signal 9", child.pid())
        .hasNoCause();
  }

  @Test
  void exceptionOfTheTaskIsPrintedThereAndTheCauseHere() {
    ChildProcess child =
        start(() -> {
          throw new UncheckedIOException(new IOException("disk on fire"));
        });
    child.close();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(1));
    assertThat(err.toString(UTF_8))
        .startsWith("Exception in process worker-under-test (pid " + child.pid() + ")\n")
        .contains("UncheckedIOException: java.io.IOException: disk on fire", "\tat ");
    assertThat(child.failure().orElseThrow())
        .hasMessageContaining("(pid " + child.pid() + ") ended with exit 1")
        .hasMessageContaining("disk on fire")
        .cause()
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("disk on fire");
  }

  static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Serializable sockets = new ArrayList<>(List.of(new Object()));

    @Override
    public String getMessage() {
      return "1 unwritable socket of " + sockets.getClass();
    }
  }

  @Test
  void exceptionThatCannotTravelComesAsText() {
    ChildProcess child =
        start(() -> {
          throw new Unwritable();
        });
    child.close();

    assertThat(child.failure().orElseThrow().getCause())
        .isInstanceOfSatisfying(
            RemoteException.class,
            remote -> {
              assertThat(remote.remoteClassName()).isEqualTo(Unwritable.class.getName());
              assertThat(remote.remoteStackTrace()).contains("1 unwritable socket", "\tat ");
            })
        .hasMessageContaining("1 unwritable socket");
  }

  @Test
  void taskThatCannotBeWrittenStartsNothingAndNamesTheField() {
    var holder = new Holder(List.of("good", new Object()));

    assertThatThrownBy(() -> start(() -> System.out.println(holder)))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.lang.Object (task.captured[0].things[1])");
  }

  private record Holder(List<Object> things) implements Serializable {}

  @Test
  void programThatItStartsFindsItsInputEmpty() throws Exception {
    ChildProcess child =
        start(() -> {
          try {
            System.exit(new ProcessBuilder("cat").inheritIO().start().waitFor());
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    child.join();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(0));
  }

  @Test
  void taskThatThrewHasFailedThoughAnotherThreadExitsWithZero() throws Exception {
    ChildProcess child =
        start(() -> {
          Thread main = Thread.currentThread();
          Thread.ofPlatform().start(() -> exitAfter(main));
          throw new IllegalStateException("on purpose");
        });
    child.join();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(0));
    assertThat(child.failure().orElseThrow()).hasRootCauseMessage("on purpose");
  }

  private static void exitAfter(Thread main) {
    while (main.isAlive()) {
      sleep(1);
    }
    System.exit(0);
  }

  @Test
  void interruptOfAllThreadsOfItsGroupDoesNotEndTheWaitForIt() throws Exception {
    ThreadGroup group = new ThreadGroup("group");
    var starter = new FutureTask<>(() -> ChildProcess.start(() -> sleep(60_000)));
    new Thread(group, starter).start();
    ChildProcess child = starter.get();

    group.interrupt();

    assertThat(child.join(Duration.ofMillis(200))).isFalse();
    child.kill();
    child.join();
    assertThat(child.exitStatus()).contains(new ExitStatus.Signal(9));
  }

  @Test
  void exitCodeOfTheTaskIsTold() {
    ChildProcess child = start(() -> System.exit(3));
    child.close();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(3));
    assertThat(child.failure().orElseThrow())
        .hasMessageEndingWith("ended with exit 3")
        .hasNoCause();
  }

  @Test
  void terminatedChildRunsItsShutdownHooks() throws Exception {
    ChildProcess child =
        start(() -> {
          Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("last words")));
          System.out.println("ready");
          sleep(60_000);
        });
    awaitOutput("ready");

    child.terminate();
    child.join();

    assertThat(out.toString(UTF_8)).endsWith("last words\n");
    assertThat(child.exitStatus()).contains(new ExitStatus.SignalOrExit(15));
  }

  /// For a JVM that makes this file when it starts, and waits until somebody removes it.
  private static ChildOptions pausedWhile(Path file) {
    return ChildOptions.defaults()
        .withJvmArguments(
            List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+PauseAtStartup",
                "-XX:PauseAtStartupFile=" + file));
  }

  @Test
  void taskThatFitsNoPipeIsHandedOverAfterTheStart(@TempDir Path directory) throws Exception {
    Path paused = directory.resolve("paused");
    byte[] large = new byte[1_000_000];

    ChildProcess child =
        ChildProcess.start(pausedWhile(paused), () -> System.out.println(large.length));
    while (!Files.deleteIfExists(paused)) {
      Thread.sleep(1);
    }
    child.join();

    assertThat(out.toString(UTF_8)).isEqualTo("1000000\n");
  }

  /// A JVM complains, crashes or goes on if SIGTERM comes while it starts.
  @Test
  void childThatIsTerminatedWhileItsJvmStartsEndsAtOnceAndSaysNothing(@TempDir Path directory)
      throws Exception {
    ChildOptions paused = pausedWhile(directory.resolve("paused"));
    ChildProcess child = ChildProcess.start(paused, () -> sleep(60_000));

    child.terminate();
    child.join();

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(child.exitStatus()).contains(new ExitStatus.Signal(9));
  }

  @Test
  void everyByteOfTheOutputComes() throws Exception {
    ChildProcess child = start(() -> System.out.println("\0one\0"));

    child.join();

    assertThat(out.toString(UTF_8)).isEqualTo("\0one\0\n");
  }

  @Test
  void crashedChildLeavesACrashFileThatIsNamed() throws Exception {
    ChildProcess child =
        start(() -> {
          System.out.println("ready");
          sleep(60_000);
        });
    awaitOutput("ready");

    Signals.send("SEGV", child.pid());
    child.join();

    assertThat(child.exitStatus()).contains(new ExitStatus.Signal(6));
    String message = child.failure().orElseThrow().toString();
    assertThat(message).contains("ended with signal 6, crash file ");
    Path crashFile = Path.of(message.replaceFirst("(?s).*crash file ([^,]*\\.log).*", "$1"));
    assertThat(crashFile).content().contains("SIGSEGV");
    Files.delete(crashFile);
  }

  @Test
  void standardInputOfTheChildIsEmpty() {
    ChildProcess child =
        start(() -> {
          try {
            System.out.println(System.in.read());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    child.close();

    assertThat(out.toString(UTF_8)).isEqualTo("-1\n");
  }

  @Test
  void childThatClosesItsOutputGoesOn() {
    ChildProcess child =
        start(() -> {
          try {
            new FileOutputStream(FileDescriptor.out).close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          System.out.println("into the void");
          System.err.println("still here");
        });
    child.close();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(0));
    assertThat(err.toString(UTF_8)).isEqualTo("still here\n");
  }

  @Test
  void grandchildThatKeepsTheOutputOpenHoldsNobodyUp() throws Exception {
    ChildProcess child =
        start(() -> {
          try {
            Process grandchild = new ProcessBuilder("sleep", "60").inheritIO().start();
            System.out.println(grandchild.pid());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    boolean joined = child.join(SOON);
    ProcessHandle grandchild =
        ProcessHandle.of(Long.parseLong(out.toString(UTF_8).strip())).orElseThrow();
    boolean grandchildLived = grandchild.isAlive();
    grandchild.destroyForcibly();
    grandchild.onExit().join();

    assertThat(joined).isTrue();
    assertThat(grandchildLived).isTrue();
  }

  @Test
  void muchOutputOnBothStreamsBlocksNobody() {
    ChildProcess child =
        start(() -> {
          String line = "x".repeat(999);
          for (int i = 0; i < 1000; i++) {
            System.out.println(line);
            System.err.println(line);
          }
        });
    child.close();

    assertThat(out.size()).isEqualTo(1_000_000);
    assertThat(err.size()).isEqualTo(1_000_000);
  }

  @Test
  void childrenMayHaveChildren() {
    ChildProcess child =
        start(() -> {
          ChildProcess grandchild = ChildProcess.start(() -> System.out.println("grandchild"));
          grandchild.close();
          System.out.println(grandchild.exitStatus());
        });
    child.close();

    assertThat(out.toString(UTF_8)).isEqualTo("grandchild\nOptional[exit 0]\n");
  }

  @Test
  void interruptedCloseKillsTheChild() {
    ChildProcess child = start(() -> sleep(60_000));

    Thread.currentThread().interrupt();
    child.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(child.exitStatus()).contains(new ExitStatus.Signal(9));
  }

  @Test
  void childHasTheJvmArgumentsItIsGiven() {
    ChildOptions options =
        ChildOptions.defaults()
            .withName("worker-under-test")
            .withJvmArguments(List.of("-Dcolour=blue", "-Xmx33m"));

    ChildProcess child =
        ChildProcess.start(
            options,
            () ->
                System.out.println(
                    System.getProperty("colour") + (Runtime.getRuntime().maxMemory() >> 20)));
    child.close();

    assertThat(out.toString(UTF_8)).startsWith("blue3");
  }

  @Test
  void nameMayBeOfAnyLength() {
    var options = ChildOptions.defaults().withName("n".repeat(70_000));

    ChildProcess child = ChildProcess.start(options, () -> {});
    child.close();

    assertThat(child.exitStatus()).contains(new ExitStatus.Exit(0));
  }

  private static ChildProcess start(SerializableRunnable task) {
    return ChildProcess.start(ChildOptions.defaults().withName("worker-under-test"), task);
  }

  private void awaitOutput(String text) throws InterruptedException {
    while (!out.toString(UTF_8).contains(text)) {
      Thread.sleep(10);
    }
  }

  private static void awaitThreadsGone() throws InterruptedException {
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().contains("of worker-under-test"))) {
      Thread.sleep(10);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
