package dev.multijvm.multiprocessing.internal.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildJvmTest {
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
  void listenNoMore() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  static final class ReportOptions {
    public static void main(String[] args) {
      System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
      System.out.println(Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void childHasTheParentsCollectorAndTheShareItIsGiven() throws Exception {
    String collector = requireNonNull(Collector.ofThisJvm(List.of())).flag();

    run(JvmCommand.of(ReportOptions.class).withShare(new MachineShare(1, 77)));

    assertThat(out.toString(UTF_8)).contains(collector, "-Xmx77m").endsWith("1\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void givenJvmArgumentsReplaceTheShareAndTheCollector() throws Exception {
    run(
        JvmCommand.of(ReportOptions.class)
            .withShare(new MachineShare(1, 77))
            .withJvmArguments(List.of("-XX:+UseSerialGC", "-Xmx99m")));

    assertThat(out.toString(UTF_8))
        .contains("-XX:+UseSerialGC", "-XX:+UseCountedLoopSafepoints", "-Xmx99m")
        .doesNotContain("-Xmx77m", "UseG1GC", "ActiveProcessorCount");
  }

  static final class PrintWithoutLineFeed {
    public static void main(String[] args) {
      System.out.print("first\nlast ünd final");
      System.err.print("complaint");
    }
  }

  @Test
  void linesAreTaggedAndTheLastNeedsNoLineFeed() throws Exception {
    try (ChildJvm child =
        ChildJvm.start(JvmCommand.of(PrintWithoutLineFeed.class), "printer", "[printer] ")) {
      child.pumpStandardOutput();

      assertThat(child.awaitEnd(SOON)).isTrue();

      assertThat(out.toString(UTF_8)).isEqualTo("[printer] first\n[printer] last ünd final\n");
      assertThat(err.toString(UTF_8)).isEqualTo("[printer] complaint\n");
      assertThat(child.end()).hasToString("exit 0, its standard error ended with:\ncomplaint");
    }
  }

  static final class Sleep {
    public static void main(String[] args) throws InterruptedException {
      System.out.println("asleep");
      Thread.sleep(60_000);
    }
  }

  @Test
  void killedChildEndedBySignalNine() throws Exception {
    ChildJvm child = ChildJvm.start(JvmCommand.of(Sleep.class), "sleeper", "");

    child.close();

    assertThat(child.end()).hasToString("signal 9");
  }

  @Test
  void interruptFromTheTerminalDoesNotReachTheChild() throws Exception {
    try (ChildJvm child = ChildJvm.start(JvmCommand.of(Sleep.class), "sleeper", "")) {
      assertThat(child.output().read()).isEqualTo('a');

      Signals.send("INT", child.pid());
      Signals.send("TERM", child.pid());

      assertThat(child.awaitEnd(SOON)).isTrue();
      assertThat(child.end()).hasToString("signal 15 or exit 143");
    }
  }

  private static void run(JvmCommand command) throws Exception {
    try (ChildJvm child = ChildJvm.start(command, "child", "")) {
      child.pumpStandardOutput();
      assertThat(child.awaitEnd(SOON)).isTrue();
      assertThat(child.end().status().isSuccess()).as("%s", child.end()).isTrue();
    }
  }
}
