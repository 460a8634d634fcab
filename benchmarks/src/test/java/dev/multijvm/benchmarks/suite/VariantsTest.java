package dev.multijvm.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.plan.Catalogue;
import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.plan.Variant.Role;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// What the catalogue says of the library's parts, done once each as JMH would do it, in this JVM.
class VariantsTest {

  /// Those in processes that move little and differ from each other in more than an amount.
  private static final Pattern SHORT =
      Pattern.compile(
          "^(?!.*(bytes=(4096|65536|1048576)|hold=10|kind=bounded|dispatch/futures|chunk=(one|auto)|size=[24]|oversub))"
              + ".*mode=process-pool");

  private static final Set<String> OTHERS =
      Set.of("shared-value", "file-read", "allocation", "oversubscription");

  static Stream<Variant> shortOnes() {
    return figuresInJava().filter(variant -> SHORT.matcher(variant.id()).find());
  }

  static Stream<Variant> others() {
    return figuresInJava().filter(variant -> !SHORT.matcher(variant.id()).find());
  }

  private static Stream<Variant> figuresInJava() {
    return planned(2)
        // Warm spares live as long as this JVM.
        .filter(variant -> !variant.id().contains("method=warm"))
        .filter(variant -> variant.role() == Role.figure || OTHERS.contains(variant.suite()))
        .filter(variant ->
            variant.mode().stream().noneMatch(mode -> ExecutionMode.of(mode).isPython()));
  }

  private static Stream<Variant> planned(int workers) {
    var wish = new Planner.Wish(Effort.FULL, Duration.ofHours(9), null, List.of(), workers, 1);
    return new Planner(Catalogue.of(workers))
        .plan(wish, Set.of(), Instant.EPOCH).variants().stream();
  }

  @ParameterizedTest
  @MethodSource("shortOnes")
  void everyFigureGivesItsAnswerAndLeavesNothing(Variant variant) throws Exception {
    giveItsAnswer(variant);
  }

  @ParameterizedTest
  @MethodSource("others")
  @Tag("stress")
  void everyOtherGivesItsAnswerToo(Variant variant) throws Exception {
    giveItsAnswer(variant);
  }

  /// The plan sizes the heaps by the workers it knows of.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void poolsHaveTheWorkersThatThePlanSays(int workers) throws Exception {
    var before = System.getProperty(Workers.PROPERTY);
    System.setProperty(Workers.PROPERTY, Integer.toString(workers));
    try {
      for (var variant : planned(workers).toList()) {
        var opensNoPool = variant.id().startsWith("startup/one");
        if (!opensNoPool && operation(variant) instanceof Operation operation) {
          assertThat(operation.workers()).as(variant.id()).isEqualTo(variant.workers());
        }
      }
    } finally {
      if (before == null) {
        System.clearProperty(Workers.PROPERTY);
      } else {
        System.setProperty(Workers.PROPERTY, before);
      }
    }
  }

  private static void giveItsAnswer(Variant variant) throws Exception {
    var suite = suite(variant);
    var benchmark = method(suite, variant.caseName());
    var operation = (Operation) operation(variant);

    call(operation, Setup.class, Setup::value, Level.Trial);
    try {
      for (int i = 0; i < 2; i++) {
        call(operation, Setup.class, Setup::value, Level.Invocation);
        benchmark.invoke(made(suite), operation);
        call(operation, TearDown.class, TearDown::value, Level.Invocation);
      }
      assertThatCode(operation::check).doesNotThrowAnyException();
    } finally {
      call(operation, TearDown.class, TearDown::value, Level.Trial);
    }

    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static Class<?> suite(Variant variant) throws ClassNotFoundException {
    return Class.forName("dev.multijvm.benchmarks.suite." + variant.className());
  }

  /// What a benchmark gets, with the variant's parameters.
  private static Object operation(Variant variant) throws ReflectiveOperationException {
    var operation = made(method(suite(variant), variant.caseName()).getParameterTypes()[0]);
    for (var parameter : variant.parameters().entrySet()) {
      set(operation, parameter.getKey(), parameter.getValue());
    }
    return operation;
  }

  /// Calls what JMH calls at that level.
  private static <A extends Annotation> void call(
      Operation operation, Class<A> type, Function<A, Level> level, Level wanted)
      throws ReflectiveOperationException {
    for (var method : operation.getClass().getMethods()) {
      A annotation = method.getAnnotation(type);
      if (annotation != null && level.apply(annotation) == wanted) {
        method.invoke(operation);
      }
    }
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
