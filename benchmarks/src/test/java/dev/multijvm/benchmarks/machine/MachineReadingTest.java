package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineReadingTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void foreignIsWhatIsNeitherIdleNorStolenNorOurs() {
    MachineReading before = reading(0, new CpuTimes(5000, 100, 2), 300.0);
    MachineReading after = reading(SECOND, new CpuTimes(6000, 200, 2), 1100.0);

    MachineUse use = after.since(before);

    // 2000 ms of two processors: 1000 idle, 100 stolen, 800 ours, so 100 foreign.
    assertThat(use.foreignPercent()).isEqualTo(5);
    assertThat(use.stealPercent()).isEqualTo(5);
  }

  @Test
  void stepsOfTheCountersNeverMakeANegativeShare() {
    MachineReading before = reading(0, new CpuTimes(5000, 0, 2), 300.0);
    MachineReading after = reading(SECOND, new CpuTimes(7000, 0, 2), 310.0);

    assertThat(after.since(before).foreignPercent()).isZero();
  }

  @Test
  void whatWasNotReadIsUnknown() {
    MachineReading nothing = new MachineReading(0, null, null, null, null, null, null);
    MachineReading later = reading(SECOND, new CpuTimes(1, 1, 2), 1.0);

    assertThat(later.since(nothing)).isEqualTo(new MachineUse(null, null, 1.5, null, null));
  }

  @Test
  void pressureIsTheShareOfTimeInWhichSomebodyWaited() {
    assertThat(
            MachineReading.some(
                "some avg10=1.92 avg60=3.39 avg300=1.90 total=20237622\nfull avg10=0.00 total=0\n"))
        .contains(20237622.0);
    assertThat(MachineReading.some("")).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBusyProcessIsForeignUntilItIsReaped() throws Exception {
    MachineReading before = MachineReading.now();
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      double used = awaitCpu(busy.pid(), 200);
      MachineReading during = MachineReading.now();

      assertThat(during.since(before).foreignPercent())
          .isGreaterThan(percent(used, before, during) - 2);
    } finally {
      busy.destroyForcibly();
      assertThat(busy.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    MachineReading after = MachineReading.now();

    assertThat(treeMillis(after) - treeMillis(before)).isGreaterThanOrEqualTo(200);
  }

  private static double treeMillis(MachineReading reading) {
    return Objects.requireNonNull(reading.treeMillis());
  }

  private static double percent(double used, MachineReading before, MachineReading after) {
    double elapsed = (after.nanos() - before.nanos()) / 1e6;
    return 100 * used / (elapsed * CpuTimes.now().orElseThrow().processors());
  }

  private static double awaitCpu(long pid, double millis) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    double used = 0;
    while (used < millis && System.nanoTime() < end) {
      Thread.sleep(10);
      used = ProcessStat.of(pid).orElseThrow().cpuMillis();
    }
    return used;
  }

  private static MachineReading reading(long nanos, CpuTimes cpu, @Nullable Double tree) {
    return new MachineReading(nanos, cpu, tree, null, 1.5, null, null);
  }
}
