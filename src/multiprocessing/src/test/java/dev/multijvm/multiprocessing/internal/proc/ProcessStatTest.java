package dev.multijvm.multiprocessing.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessStatTest {

  @Test
  void lineIsTakenApart() {
    var stat =
        ProcessStat.parse(
            "6500 (cat) R 6495 6495 2764 0 -1 4194304 98 0 0 0 7 8 0 0 20 0 3 0 95833 3133440 380\n");

    assertThat(stat).isEqualTo(new ProcessStat(6500, "cat", 'R', 6495, 3, 95833));
  }

  @Test
  void commandMayLookLikeTheRestOfTheLine() {
    var stat =
        ProcessStat.parse(
            "17 (a) Z 1 (b c)) S 12 17 2764 0 -1 4194304 98 0 0 0 7 8 0 0 20 0 1 0 42 0 0");

    assertThat(stat).isEqualTo(new ProcessStat(17, "a) Z 1 (b c)", 'S', 12, 1, 42));
  }

  @Test
  void otherTextIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ProcessStat.parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> ProcessStat.parse("17 (cat"));
    assertThatIllegalArgumentException().isThrownBy(() -> ProcessStat.parse("17 (cat) R 1 2"));
  }

  @Test
  void zombieHasEndedOnceItsOtherThreadsHave() {
    assertThat(new ProcessStat(1, "a", 'Z', 0, 1, 9).hasEnded()).isTrue();
    assertThat(new ProcessStat(1, "a", 'Z', 0, 2, 9).hasEnded()).isFalse();
    assertThat(new ProcessStat(1, "a", 'T', 0, 1, 9).hasEnded()).isFalse();
  }

  @Test
  void oneselfIsFoundAndAnAbsentProcessIsNot() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")));
    var self = ProcessHandle.current();

    var stat = Objects.requireNonNull(ProcessStat.read(self.pid()));

    assertThat(stat.parentPid()).isEqualTo(self.parent().orElseThrow().pid());
    assertThat(stat.threads()).isGreaterThan(1);
    assertThat(ProcessStat.read(1L << 40)).isNull();
  }
}
