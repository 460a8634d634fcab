package dev.multijvm.multiprocessing.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.MachineShare;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
  private static final JvmCommand COMMAND = JvmCommand.of(CacheKeyTest.class);

  @Test
  void shareOfTheMachineHasNoSay() throws Exception {
    assertThat(CacheKey.of(COMMAND.withShare(new MachineShare(1, 64))))
        .isEqualTo(CacheKey.of(COMMAND.withShare(new MachineShare(2, 640))));
  }

  @Test
  void heapWithLongReferencesHasAnotherKey() throws Exception {
    assertThat(CacheKey.of(COMMAND.withShare(new MachineShare(1, 64))))
        .isNotEqualTo(CacheKey.of(COMMAND.withShare(new MachineShare(1, 40_000))));
  }

  @Test
  void systemPropertiesHaveNoSay() throws Exception {
    assertThat(CacheKey.of(COMMAND.withJvmArguments(List.of("-Da=b"))))
        .isEqualTo(CacheKey.of(COMMAND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-XX:+UseSerialGC", "--enable-preview", "-Xmx64m", "-XX:-UseCompressedOops"})
  void otherOptionsHaveAnotherKey(String option) throws Exception {
    assertThat(CacheKey.of(COMMAND.withJvmArguments(List.of(option))))
        .isNotEqualTo(CacheKey.of(COMMAND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--patch-module=java.base=x",
        "-Djava.system.class.loader=X",
        "-XX:AOTCache=mine.aot",
        "-XX:SharedArchiveFile=mine.jsa",
        "-Xbootclasspath/a:x.jar",
        "-Xshare:off",
        "-agentlib:jdwp",
        "-javaagent:x.jar",
      })
  void someOptionsForbidACache(String option) {
    assertThatThrownBy(() -> CacheKey.of(COMMAND.withJvmArguments(List.of(option))))
        .isInstanceOf(NoCacheException.class)
        .hasMessage("the option " + option);
  }
}
