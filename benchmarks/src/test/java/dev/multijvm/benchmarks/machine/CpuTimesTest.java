package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimesTest {
  private static final String TWO_PROCESSORS =
      """
      cpu  20809 7 5830 251739 1156 3 110 92 0 0
      cpu0 10000 3 2900 125000 600 1 50 40 0 0
      cpu1 10809 4 2930 126739 556 2 60 52 0 0
      intr 12345 0 0
      """;

  @Test
  void waitingForDisksIsIdling() {
    CpuTimes times = CpuTimes.parse(TWO_PROCESSORS).orElseThrow();

    assertThat(times).isEqualTo(new CpuTimes(2_528_950, 920, 2));
  }

  @Test
  void whatASandboxWritesIsUnknown() {
    assertThat(CpuTimes.parse("cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n")).isEmpty();
    assertThat(CpuTimes.parse("")).isEmpty();
    assertThat(CpuTimes.parse("cpu 1 2 3\n")).isEmpty();
  }
}
