package dev.multijvm.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.FairJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Real forks, as few and short as they can be.
class SuiteTest {

  @TempDir private static Path directory;

  @BeforeAll
  static void runBesideOtherBenchmarks() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE_THREAD", "PROCESS_POOL"})
  void aForkMeasuresWithTheFlagsOfItsMode(ExecutionMode mode) throws Exception {
    var flags = FairJvm.forkArguments(mode, 2);
    var options = only(RangeSumSuite.class, "small").param("mode", mode.id());

    var result = run(options.jvmArgs(flags.toArray(String[]::new)).jvmArgsAppend());

    assertThat(result.getPrimaryResult().getScore()).isPositive();
    assertThat(result.getPrimaryResult().getScoreUnit()).isEqualTo("us/op");
    assertThat(result.getParams().getJvmArgs()).containsExactlyElementsOf(flags);
  }

  @Test
  void aColdForkRunsOneOperationAndNothingBefore() throws Exception {
    var options =
        new OptionsBuilder()
            .include(pattern(SleepSuite.class, "cold"))
            .param("mode", "process-pool")
            .param("tasks", "2");

    var result = run(options);

    assertThat(result.getParams().getWarmup().getCount()).isZero();
    assertThat(result.getPrimaryResult().getSampleCount()).isEqualTo(1);
    assertThat(result.getPrimaryResult().getScore()).isGreaterThan(500);
    assertThat(result.getPrimaryResult().getScoreUnit()).isEqualTo("ms/op");
  }

  @Test
  void theRulerRunsTogetherWithOthersAndAllOfThemStop() throws Exception {
    var result = run(only(RulerSuite.class, "together"));

    assertThat(result.getPrimaryResult().getScore()).isPositive();
  }

  @Test
  void aWrongAnswerFailsTheBenchmark() {
    var options = only(WrongSuite.class, "wrong").param("mode", "thread-pool");

    assertThatThrownBy(() -> run(options))
        .isInstanceOf(RunnerException.class)
        .hasStackTraceContaining("one-for-two answered 1 instead of 2");
  }

  @Test
  void plainJmhMeasuresEveryModeOfJavaUnlessTold() throws NoSuchFieldException {
    var modes = Operation.class.getField("mode").getAnnotation(Param.class).value();

    assertThat(modes)
        .isEqualTo(
            Arrays.stream(ExecutionMode.values())
                .filter(mode -> !mode.isPython())
                .map(ExecutionMode::id)
                .toArray());
  }

  /// An annotation wants constants, so they are listed a second time.
  @Test
  void plainJmhForksWithTheArgumentsOfTheRunner() {
    var arguments = Suite.class.getAnnotation(Fork.class).jvmArgsAppend();

    assertThat(FairJvm.forkArguments(ExecutionMode.SINGLE_THREAD, 2)).startsWith(arguments);
    assertThat(FairJvm.workerArguments(2).get(arguments.length))
        .startsWith("-XX:ActiveProcessorCount=");
  }

  private static ChainedOptionsBuilder only(Class<?> suite, String name) {
    return new OptionsBuilder()
        .include(pattern(suite, name))
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(10))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(10));
  }

  private static String pattern(Class<?> suite, String name) {
    return "^" + suite.getName().replace(".", "\\.") + "\\." + name + "$";
  }

  private static RunResult run(ChainedOptionsBuilder options) throws Exception {
    var log = Files.createTempFile(directory, "jmh", ".log");
    var results =
        List.copyOf(
            new Runner(options.shouldFailOnError(true).output(log.toString()).build()).run());
    assertThat(results).as(Files.readString(log)).hasSize(1);
    return results.getFirst();
  }
}
