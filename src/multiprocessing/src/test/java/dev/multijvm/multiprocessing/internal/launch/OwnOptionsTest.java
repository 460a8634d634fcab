package dev.multijvm.multiprocessing.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnOptionsTest {

  @Test
  void thisJvmsOptionsAreThoseTheManagementBeanKnows() {
    assertThat(InheritedOptions.of(OwnOptions.read().words()))
        .isEqualTo(InheritedOptions.of(ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /jdk/bin/java -ea -Da=b Main -x          | -ea -Da=b
          java -cp a.jar -Xss1m -jar app.jar -Dx=y | -cp=a.jar -Xss1m -jar
          java --add-modules a -p m -m app/x.Main  | --add-modules=a -p=m
          java --add-opens=a/b=c --module=app/x    | --add-opens=a/b=c
          java                                     | ''
          """)
  void optionsEndBeforeTheProgram(String commandLine, String options) {
    String words = commandLine.replace(' ', '\0') + "\0";

    assertThat(OwnOptions.parse(words)).isNotNull();
    assertThat(String.join(" ", OwnOptions.parse(words))).isEqualTo(options);
  }

  @ParameterizedTest
  @CsvSource({
    "java @options Main",
    "java -ea @options Main",
    "java -XX:Flags=file Main",
    "java -XX:VMOptionsFile=file Main",
    "/opt/app/launcher -ea",
  })
  void optionsFromElsewhereAreNotGuessed(String commandLine) {
    assertThat(OwnOptions.parse(commandLine.replace(' ', '\0') + "\0")).isNull();
  }
}
