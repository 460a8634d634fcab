package dev.multijvm.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.plan.Catalogue;
import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.plan.Variant.Role;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the catalogue says of the library's parts, done once each as JMH would do it, in this JVM.
class VariantsTest {

  /// Those that move much or differ from another in an amount only.
  private static final Pattern LONG =
      Pattern.compile("bytes=1048576|hold=10|kind=bounded|dispatch/futures|chunk=auto");

  static Stream<Variant> others() {
    return figuresInJava().filter(variant -> !LONG.matcher(variant.id()).find());
  }

  static Stream<Variant> longOnes() {
    return figuresInJava().filter(variant -> LONG.matcher(variant.id()).find());
  }

  private static Stream<Variant> figuresInJava() {
    var wish = new Planner.Wish(Effort.FULL, Duration.ofHours(9), null, List.of(), 2, 1);
    return new Planner(Catalogue.of(2))
        .plan(wish, Set.of(), Instant.EPOCH).variants().stream()
            .filter(variant -> variant.role() == Role.figure || variant.caseName().equals("race"))
            .filter(variant ->
                variant.mode().stream().noneMatch(mode -> ExecutionMode.of(mode).isPython()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void everyFigureGivesItsAnswerAndLeavesNothing(Variant variant) throws Exception {
    giveItsAnswer(variant);
  }

  @ParameterizedTest
  @MethodSource("longOnes")
  @Tag("stress")
  void everyLongFigureGivesItsAnswerToo(Variant variant) throws Exception {
    giveItsAnswer(variant);
  }

  private static void giveItsAnswer(Variant variant) throws Exception {
    var suite = Class.forName("dev.multijvm.benchmarks.suite." + variant.className());
    var benchmark = method(suite, variant.caseName());
    var operation = (WarmOperation) made(benchmark.getParameterTypes()[0]);
    for (var parameter : variant.parameters().entrySet()) {
      set(operation, parameter.getKey(), parameter.getValue());
    }

    operation.open();
    try {
      benchmark.invoke(made(suite), operation);
      benchmark.invoke(made(suite), operation);
      assertThatCode(operation::check).doesNotThrowAnyException();
    } finally {
      operation.close();
    }

    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static Method method(Class<?> suite, String name) {
    return Arrays.stream(suite.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object made(Class<?> type) throws ReflectiveOperationException {
    return type.getConstructor().newInstance();
  }

  private static void set(Object operation, String name, String value)
      throws ReflectiveOperationException {
    Field field = operation.getClass().getField(name);
    if (field.getType() == int.class) {
      field.setInt(operation, Integer.parseInt(value));
    } else {
      field.set(operation, value);
    }
  }
}
