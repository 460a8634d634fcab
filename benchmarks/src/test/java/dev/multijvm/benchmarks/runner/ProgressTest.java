package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalOneLineIsWrittenOverAndNeverWraps() {
    Progress progress = new Progress(out, true, false, 50);

    progress.slot(1, 6, 3, 29, "counting/warm:mode=process-pool,tasks=2", Duration.ofSeconds(200));
    progress.say("done");

    assertThat(text())
        .isEqualTo("\r\u001b[Kround 1 of 6, slot 3 of 29, 3 min 20 s left: coun\r\u001b[Kdone\n");
  }

  @Test
  void elsewhereThereAreFewPlainLines() {
    Progress progress = new Progress(out, false, false, 80);

    for (int slot = 1; slot <= 20; slot++) {
      progress.slot(1, 6, slot, 29, "ruler/alone", Duration.ofSeconds(5));
    }
    progress.warn("mind");

    assertThat(text()).isEqualTo("round 1 of 6, slot 1 of 29, 5 s left: ruler/alone\nmind\n");
  }

  @Test
  void coloursAreOnlyUsedWhereTheyAreWelcome() {
    new Progress(out, true, false, 80).warn("plain");
    new Progress(out, true, true, 80).warn("bright");

    assertThat(text()).isEqualTo("plain\n\u001b[33mbright\u001b[0m\n");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
