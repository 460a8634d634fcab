package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessStatTest {
  @Test
  void aNameMayHoldBlanksAndParentheses() {
    String text =
        "4711 (a) b (c) S 17 4711 4711 0 -1 4194560 100 200 0 0 25 5 300 40 20 0 9 0 98765 1 2 3\n";

    assertThat(ProcessStat.parse(text)).contains(new ProcessStat(4711, 'S', 17, 300, 3400, 98765));
  }

  @Test
  void aTornLineIsUnknown() {
    assertThat(ProcessStat.parse("")).isEmpty();
    assertThat(ProcessStat.parse("4711 (java) S 17")).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasUsedTimeAndHasAParent() {
    ProcessStat self = ProcessStat.ofThisProcess().orElseThrow();

    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.parent())
        .isEqualTo(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
    assertThat(self.cpuMillis()).isPositive();
    assertThat(self.ended()).isFalse();
  }
}
