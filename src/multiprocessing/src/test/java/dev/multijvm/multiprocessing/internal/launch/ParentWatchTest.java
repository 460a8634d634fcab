package dev.multijvm.multiprocessing.internal.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParentWatchTest {
  private static final int SOON_SECONDS = 10;

  /// A parent that has one child, says its pid, and waits to be killed.
  static final class Parent {
    public static void main(String[] args) throws IOException, InterruptedException {
      String self = Long.toString(ProcessHandle.current().pid());
      JvmCommand command = JvmCommand.of(Spinner.class, self).withJvmArguments(List.of(args[0]));
      ChildJvm child = ChildJvm.start(command, "spinner", "");
      System.out.println(child.pid());
      child.pumpStandardOutput();
      child.awaitEnd(Duration.ofMinutes(1));
    }
  }

  /// A child that never leaves a counted loop for the better part of a minute.
  static final class Spinner {
    public static void main(String[] args) {
      ParentWatch.arm(Long.parseLong(args[0]));
      System.out.println("spinning " + spin(1000));
      System.out.println(spin(Integer.MAX_VALUE));
    }

    private static int spin(int steps) {
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
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC"})
  void childInACountedLoopEndsSoonAfterItsKilledParent(String collector) throws Exception {
    try (ChildJvm parent = ChildJvm.start(JvmCommand.of(Parent.class, collector), "parent", "")) {
      var lines = new BufferedReader(new InputStreamReader(parent.output(), UTF_8));
      ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      try {
        assertThat(lines.readLine()).startsWith("spinning");
        Thread.sleep(500); // long enough for the loop to be compiled

        parent.kill();

        child.onExit().get(SOON_SECONDS, TimeUnit.SECONDS);
      } finally {
        child.destroyForcibly();
      }
    }
  }

  static final class Orphan {
    public static void main(String[] args) throws InterruptedException {
      ParentWatch.arm(Long.parseLong(args[0]));
      Thread.sleep(60_000);
    }
  }

  @Test
  void childOfAnotherParentThanToldEndsAtOnce() throws Exception {
    try (ChildJvm child = ChildJvm.start(JvmCommand.of(Orphan.class, "1"), "orphan", "")) {
      assertThat(child.awaitEnd(Duration.ofSeconds(SOON_SECONDS))).isTrue();
      assertThat(child.end().status().code()).isEqualTo(ParentWatch.ORPHANED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'12 (java) S 34 12 12', 34",
    "'12 (a) S 9 b) R 34 12 12', 34",
    "'12 (()))) Z 4194304 ', 4194304",
    "'', 0",
  })
  void parentIsTheSecondFieldBehindTheName(String stat, long parent) {
    byte[] line = stat.getBytes(UTF_8);

    assertThat(ParentWatch.parentIn(line, line.length)).isEqualTo(parent);
  }
}
