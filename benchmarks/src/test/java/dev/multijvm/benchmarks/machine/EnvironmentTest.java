package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EnvironmentTest {
  @Test
  void tellsTheMachineButNotWhoseItIs() throws Exception {
    // Not by way of InetAddress: a name need not have an address.
    String host = ShortProgram.run(List.of("uname", "-n"), Duration.ofSeconds(30)).output().strip();

    String json =
        new JsonMapper().writeValueAsString(Environment.here(Instant.EPOCH, List.of("-Xmx64m")));

    assertThat(json)
        .contains(System.getProperty("java.vendor"), System.getProperty("os.arch"))
        .doesNotContain(
            System.getProperty("user.dir"),
            System.getProperty("user.home") + "/",
            System.getProperty("java.home"))
        .doesNotContainPattern(":\"[^\"]*\\b" + Pattern.quote(host) + "\\b");
  }

  @Test
  void warnsOfAJdkWhoseCollectorCorrupts() {
    assertThat(Environment.warnings(Runtime.Version.parse("25.0.2+10")))
        .singleElement()
        .asString()
        .contains("25.0.2", "JDK-8377811");
    assertThat(Environment.warnings(Runtime.Version.parse("25.0.3+9-LTS"))).isEmpty();
    assertThat(Environment.warnings(Runtime.Version.parse("26"))).isEmpty();
  }

  @Test
  void theSamePlaceHasNoDifferences() {
    Environment here = Environment.here(Instant.EPOCH, List.of());
    Environment later = Environment.here(Instant.now(), List.of("-Xmx64m"));

    assertThat(later.differencesFrom(here)).isEmpty();
  }

  @Test
  void processorsAreReadAsTheKernelWritesThem() {
    String two =
        """
        processor\t: 0
        model name\t: AMD EPYC
        physical id\t: 0
        core id\t\t: 0

        processor\t: 1
        model name\t: AMD EPYC
        physical id\t: 0
        core id\t\t: 0
        """;

    assertThat(Hardware.model(two)).contains("AMD EPYC");
    assertThat(Hardware.cores(two)).contains(1);
    assertThat(Hardware.cores("processor : 0\nBogoMIPS : 50\n")).isEmpty();
  }
}
