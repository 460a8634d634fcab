package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HonestyGateTest {
  @Test
  void theSuitesOfAKernelThatFailedAreUnsound() {
    HonestyGate.Answer answer =
        HonestyGate.read(
            """
            {
              "format": "multijvm-honesty/1",
              "kernels": [
                { "kernel": "ruler", "suites": [], "verdict": "honest" },
                { "kernel": "counting-loop", "suites": ["CountingSuite", "ControlSuite"], "verdict": "honest" },
                { "kernel": "range-sum", "suites": ["RangeSumSuite"], "verdict": "range-sum/1: its answer is wrong" }
              ]
            }
            """);

    assertThat(answer.unsound()).containsExactly("range-sum");
    assertThat(answer.verdicts()).containsExactly("range-sum/1: its answer is wrong");
  }
}
