package dev.multijvm.multiprocessing.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentFileTest {

  @Test
  void shortOptionsStayOnTheCommandLine() throws Exception {
    assertThat(ArgumentFile.shortened(List.of("-cp", "a.jar"))).containsExactly("-cp", "a.jar");
  }

  @Test
  void longOptionsGoToOneFile() throws Exception {
    List<String> options = List.of("-cp", "/some/jar.jar:".repeat(20_000));

    List<String> shortened = ArgumentFile.shortened(options);

    assertThat(shortened).hasSize(1).isEqualTo(ArgumentFile.shortened(options));
    assertThat(Files.readAllLines(Path.of(shortened.get(0).substring(1))))
        .containsExactly("\"-cp\"", "\"" + options.get(1) + "\"");
  }

  @Test
  void backslashesQuotesAndLineFeedsAreEscaped() {
    assertThat(ArgumentFile.quoted(List.of("C:\\a b", "say \"x\"", "1\n2")))
        .isEqualTo("\"C:\\\\a b\"\n\"say \\\"x\\\"\"\n\"1\\n2\"\n");
  }
}
