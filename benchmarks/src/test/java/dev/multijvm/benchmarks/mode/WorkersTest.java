package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(Workers.PROPERTY);
  }

  @Test
  void tasksThatComputeGetOneWorkerForEachVisibleCpu() {
    assertThat(Workers.computing()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void thePropertyReplacesTheCpus() {
    System.setProperty(Workers.PROPERTY, "7");

    assertThat(Workers.computing()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "", "1.5"})
  void nonsenseIsRefusedAndShown(String asked) {
    System.setProperty(Workers.PROPERTY, asked);

    assertThatIllegalArgumentException()
        .isThrownBy(Workers::computing)
        .withMessage("bench.workers must be a number from 1 to 9999: " + asked);
  }

  @Test
  void tasksThatWaitGetOneWorkerEachUpToTen() {
    assertThat(Workers.sleeping(2)).isEqualTo(2);
    assertThat(Workers.sleeping(200)).isEqualTo(10);
  }
}
