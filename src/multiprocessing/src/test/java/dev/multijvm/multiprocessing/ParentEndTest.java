package dev.multijvm.multiprocessing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a [ChildProcess] when the JVM that started it ends in one way or another.
@Timeout(60)
class ParentEndTest {

  /// Starts a child that sleeps for as long as is said, says its pid, then ends as is said.
  static final class Parent {
    public static void main(String[] args) throws InterruptedException {
      long millis = Long.parseLong(args[1]);
      ChildProcess child =
          ChildProcess.start(
              ChildOptions.defaults().withDaemon(args[0].equals("daemon")),
              () -> {
                sleep(millis);
                System.out.println("child returns");
              });
      System.out.println(child.pid());
      switch (args[2]) {
        case "return" -> {}
        case "exit" -> System.exit(0);
        default -> {
          child.join();
          sleep(60_000); // It ends by the signal alone, not by its return too.
        }
      }
    }
  }

  @Test
  void childKeepsTheParentAliveUntilItReturns() throws Exception {
    try (var parent = new Running("process", "300", "return")) {
      assertThat(parent.linesAfterThePid()).containsExactly("child returns");
      assertThat(parent.process.waitFor()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"daemon, return", "daemon, exit", "process, exit"})
  void childEndsWithTheParent(String kind, String end) throws Exception {
    try (var parent = new Running(kind, "60000", end)) {
      assertThat(parent.linesAfterThePid()).isEmpty();
      assertThat(parent.process.waitFor()).isZero();
      parent.awaitEndOfChild();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void signalThatEndsTheParentEndsTheChild(String signal) throws Exception {
    try (var parent = new Running("process", "60000", "wait")) {
      Signals.send(signal, parent.process.pid());

      assertThat(parent.linesAfterThePid()).as(parent.toString()).isEmpty();
      parent.awaitEndOfChild();
    }
  }

  /// A parent that has said its child's pid.
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final long childPid;

    Running(String... args) throws IOException {
      process = ParentEndTest.start(args);
      output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      childPid = Long.parseLong(output.readLine());
    }

    List<String> linesAfterThePid() {
      return output.lines().toList();
    }

    void awaitEndOfChild() throws Exception {
      var child = ProcessHandle.of(childPid);
      if (child.isPresent()) {
        child.get().onExit().get(10, TimeUnit.SECONDS);
      }
    }

    @Override
    public String toString() {
      return "parent " + process.pid() + " with child " + childPid;
    }

    @Override
    public void close() {
      process.destroyForcibly();
      ProcessHandle.of(childPid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Process start(String... args) throws IOException {
    // A build in the background of a script ignores SIGINT, and so would all its descendants.
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName()));
    words.addAll(List.of(args));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
