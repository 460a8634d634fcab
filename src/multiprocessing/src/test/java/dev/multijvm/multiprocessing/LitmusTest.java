package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The litmus tests of rings and locks, by jcstress: one JVM maps each file twice and runs the two
/// sides as it compiles them, with instructions scheduled at random.
///
/// The report is `target/jcstress/index.html`.
@Tag("stress")
@Timeout(3600)
class LitmusTest {
  private static final Path REPORTS = Path.of("target", "jcstress");

  private static final List<String> TESTS =
      List.of(
          "internal.ring.RingLitmus.Publishing",
          "internal.ring.RingLitmus.Sleeping",
          "internal.ring.RingLitmus.Starting",
          "internal.shared.MutexLitmus",
          "SharedLitmus.Adding",
          "SharedLitmus.Queueing",
          "WaitingLitmus.OwnedPermit",
          "WaitingLitmus.UnownedPermit",
          "WaitingLitmus.Event",
          "WaitingLitmus.Barrier",
          "WaitingLitmus.Signal");

  @Test
  void noSideEverSeesWhatIsForbidden() throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors())
        .as("a CPU for each side")
        .isGreaterThan(1);
    Files.createDirectories(REPORTS);
    var console = REPORTS.resolve("console.txt").toFile();
    var process = start(console);
    try {
      assertThat(process.waitFor(Stress.times(180), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    var said = Files.readString(console.toPath());
    assertThat(process.exitValue()).as(said).isZero();
    for (var test : TESTS) {
      assertThat(said).contains("[OK] " + LitmusTest.class.getPackageName() + "." + test);
    }
    assertThat(said).contains("passed, 0 failed, 0 soft errs, 0 hard errs");
  }

  private static Process start(File console) throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.openjdk.jcstress.Main",
            "-v",
            "-r",
            ".",
            "-sc",
            "false",
            "-iters",
            Integer.toString(Stress.times(4)),
            "-time",
            "150",
            "-jvmArgs",
            "--enable-native-access=ALL-UNNAMED -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM"
                + " -XX:+StressGCM")
        .directory(REPORTS.toFile())
        .redirectErrorStream(true)
        .redirectOutput(console)
        .start();
  }
}
