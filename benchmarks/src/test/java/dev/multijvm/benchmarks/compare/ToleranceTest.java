package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.multijvm.benchmarks.machine.MachineUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final Tolerance THREE_PER_CENT = new Tolerance(3);

  @Test
  void stealAndForeignCpuAboveTheLimitAreNamed() {
    assertThat(THREE_PER_CENT.disturbances(new MachineUse(3.5, 12.0, 1.0, 5.0, 0.0)))
        .containsExactly(
            "3.5 % of the CPU stolen by the hypervisor",
            "12.0 % of the CPU used by other processes");
  }

  @Test
  void loadPressureAndOurOwnThrottlingAreNoReason() {
    assertThat(THREE_PER_CENT.disturbances(new MachineUse(0.0, 2.9, 20.0, 95.0, 400.0))).isEmpty();
  }

  @Test
  void whatIsUnknownIsNoReason() {
    assertThat(THREE_PER_CENT.disturbances(new MachineUse(null, null, null, null, null))).isEmpty();
  }

  @Test
  void comparisonThatMostlyRepeatsItselfIsNotValid() {
    List<String> last = List.of("9.0 % of the CPU used by other processes");

    assertThatCode(() -> THREE_PER_CENT.requireQuiet(6, 0, last)).doesNotThrowAnyException();
    assertThatCode(() -> THREE_PER_CENT.requireQuiet(7, 7, last)).doesNotThrowAnyException();
    assertThatExceptionOfType(NotValidException.class)
        .isThrownBy(() -> THREE_PER_CENT.requireQuiet(8, 7, last))
        .withMessageContaining("8 pairs were disturbed, 7 were not; the last by 9.0 %")
        .withMessageContaining("--max-foreign");
  }
}
