package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// By other roads: what the JVM and the kernel say in hundredths of a second.
@EnabledOnOs(OS.LINUX)
class TreeClockTest {
  /// User and system time are each cut off to a hundredth.
  private static final double CUT_OFF_MILLIS = 20;

  private Process worker;

  @BeforeEach
  void startAWorker() throws IOException {
    worker =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; read x")
            .start();
  }

  @AfterEach
  void endIt() throws InterruptedException {
    worker.destroyForcibly().waitFor();
  }

  @Test
  void thisProcessHasUsedWhatItsJvmSays() {
    var bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var clock = TreeClock.here().orElseThrow();

    long before = bean.getProcessCpuTime();
    long used = clock.read().programNanos();

    assertThat(used).isBetween(before, bean.getProcessCpuTime() + (long) (CUT_OFF_MILLIS * 1e6));
  }

  @Test
  void aWorkerHasUsedWhatTheKernelSaysAndNothingWhileItRests() throws InterruptedException {
    var clock = TreeClock.here().orElseThrow();
    double millis = millisOnceItRests();

    var used = clock.read();

    assertThat(used.workersNanos() / 1e6).isBetween(millis, millis + CUT_OFF_MILLIS);
    assertThat(clock.read().since(used).workersNanos()).isZero();
    assertThat(clock.read().since(used).nanos()).isPositive();
  }

  @Test
  void whatIsNotWholeIsNoReading() throws InterruptedException {
    var clock = TreeClock.here().orElseThrow();

    worker.destroyForcibly().waitFor();

    assertThatThrownBy(clock::read)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clock_gettime");
  }

  private double millisOnceItRests() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var now = ProcessStat.of(worker.pid()).orElseThrow();
      if (now.state() == 'S' && now.cpuMillis() > 0) {
        return now.cpuMillis();
      }
      assertThat(System.nanoTime()).as("it never rests").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
