package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ShortProgramTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @RepeatedTest(20)
  void isHeardInFullEvenIfItEndsAtOnce() throws Exception {
    assertThat(ShortProgram.run(List.of("echo", "heard"), LONG))
        .isEqualTo(new ShortProgram(0, "heard\n"));
  }

  @Test
  void isKilledWhenItTakesTooLong() throws Exception {
    assertThat(ShortProgram.run(List.of("sleep", "600"), Duration.ofMillis(100)).exit())
        .isNotZero();
  }
}
