package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessPoolTest extends PoolTest {
  ProcessPoolTest(Transport transport) {
    super(PoolOptions.defaults().withWorkers(2), transport);
  }

  @Test
  void taskRunsInAnotherProcess() throws Exception {
    long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);

    assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(pool.workers()).extracting(WorkerInfo::pid).contains(pid);
  }

  @Test
  void capturedValuesTravelWithTheTask() throws Exception {
    var words = List.of("two", "words");
    int number = 40;

    assertThat(pool.submit(() -> number + words.size()).get(30, SECONDS)).isEqualTo(42);
  }

  @Test
  void valuesCapturedTogetherAreStillOneObjectInTheWorker() throws Exception {
    var words = new ArrayList<>(List.of("two"));
    var sameWords = List.of(words);

    var seen =
        pool.submit(() -> {
          words.add("words");
          return sameWords.getFirst().size();
        });

    assertThat(seen.get(30, SECONDS)).isEqualTo(2);
  }

  @Test
  void arraysOfEveryKindTravelBothWays() throws Exception {
    var arrays =
        List.<Object>of(
            new byte[] {1, -1},
            new int[] {1, 1 << 31},
            new long[] {1L << 63},
            new double[] {0.5, -0.0},
            new float[] {0.5f},
            new short[] {-2},
            new char[] {'x', '\u20ac'},
            new boolean[] {true, false},
            new String[] {"text", ""},
            new Object[] {1, "mixed", new int[] {2}},
            new int[][] {{1}, {2, 3}, {}});

    for (var array : arrays) {
      var copy = pool.submit(() -> array).get(30, SECONDS);

      assertThat(copy).hasSameClassAs(array).isEqualTo(array).isNotSameAs(array);
    }
    assertThat(pool.map(array -> array.getClass().getSimpleName(), arrays, 1))
        .containsExactly(
            "byte[]",
            "int[]",
            "long[]",
            "double[]",
            "float[]",
            "short[]",
            "char[]",
            "boolean[]",
            "String[]",
            "Object[]",
            "int[][]");
  }

  @Test
  void exceptionOfTheTaskIsTheCauseWithItsRemoteStack() {
    var future =
        pool.submit(() -> {
          throw new FileNotFoundException("no such thing");
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no such thing")
        .hasStackTraceContaining("TaskRunner");
  }

  @Test
  void mapKeepsTheOrderOfTheItems() throws Exception {
    var items = IntStream.range(0, 1000).boxed().toList();

    var squares = pool.map(n -> n * n, items, 7);

    assertThat(squares).isEqualTo(items.stream().map(n -> n * n).toList());
  }

  @Test
  void streamOfResultsIsLazyAndInOrder() {
    try (var doubled = pool.imap((Integer n) -> 2 * n, Stream.iterate(1, n -> n + 1))) {
      assertThat(doubled.limit(100))
          .isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(n -> 2 * n).toList());
    }
  }

  @Test
  void streamTakesChunksOfAnySize() {
    var doubled = pool.imap((Integer n) -> 2 * n, Stream.of(1, 2, 3), Integer.MAX_VALUE);

    assertThat(doubled).containsExactly(2, 4, 6);
  }

  @Test
  void streamWhoseSourceFailsCancelsWhatItHasSent() throws Exception {
    var twoAndNoMore = Stream.iterate(1, n -> n + 1 / (2 - n)).map(n -> 60_000 * n);

    assertThatThrownBy(() -> pool.imap(ProcessPoolTest::sleep, twoAndNoMore).toList())
        .isInstanceOf(ArithmeticException.class);

    var next = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
    assertThat(next.get(0).get(30, SECONDS)).isEqualTo(1);
    assertThat(next.get(1).get(30, SECONDS)).isEqualTo(2);
  }

  private static Integer sleep(Integer millis) {
    try {
      Thread.sleep(millis);
      return millis;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void lostWorkerFailsItsTaskAndSparesTheOthers() throws Exception {
    var lost = pool.submit(() -> Runtime.getRuntime().halt(9));
    var spared = IntStream.range(0, 20).mapToObj(n -> pool.submit(() -> n)).toList();

    assertThatThrownBy(() -> lost.get(30, SECONDS))
        .cause()
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("exit 9");
    for (int i = 0; i < spared.size(); i++) {
      assertThat(spared.get(i).get(30, SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void wrapperOfTheJdkIsRefusedWithWhatToDoInstead() {
    assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 1, pool))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.util.concurrent.CompletableFuture")
        .hasMessageContaining("submit the task itself");
  }

  @Test
  void whatCannotTravelIsRefusedAtOnce() {
    var thread = Thread.currentThread();

    assertThatThrownBy(() -> pool.submit(() -> thread.getName()))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageStartingWith("cannot send java.lang.Thread (task.captured[0]) to")
        .hasMessageContaining("no class of the JDK can be made so");
  }

  @Test
  void lambdaThatCannotTravelIsRefusedWithItsPlaceAndWhatToDoInstead() {
    IntUnaryOperator plain = n -> n + 1;

    assertThatThrownBy(() -> pool.submit(() -> plain.applyAsInt(1)))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("(task.captured[0]) to a worker process: declare that lambda as");
  }

  @Test
  void itemThatCannotTravelIsNamedByItsNumber() {
    List<Object> items = List.of(1, 2, List.of(3, Thread.currentThread()));

    assertThatThrownBy(() -> pool.map(Object::hashCode, items, 1))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageStartingWith("cannot send java.lang.Thread (items[2][1]) to");
  }

  @Test
  void resultThatCannotTravelIsNamedByItsPlace() {
    var future = pool.submit(() -> List.of("fine", Optional.of(1)));

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .hasCauseInstanceOf(MultiprocessingException.class)
        .hasMessageContaining("cannot be sent back: java.util.Optional (result[1]) is not")
        .hasMessageEndingWith("or return only what the caller needs");
  }

  @Test
  void resultsAreCopiedAsTheyWereWhenTheFunctionReturnedThem() throws Exception {
    var buffer = new int[1];
    var numbers = IntStream.range(0, 10_000).boxed().toList();

    var results =
        pool.map(
            (Integer n) -> {
              buffer[0] = n;
              return buffer;
            },
            numbers);

    assertThat(results).extracting(result -> result[0]).isEqualTo(numbers);
  }

  private record Fussy() implements Serializable {
    @Serial
    private Object writeReplace() {
      throw new IllegalArgumentException("not today");
    }
  }

  @Test
  void resultThatRefusesToBeWrittenIsNoFailureOfTheTask() {
    assertThatThrownBy(() -> pool.submit(() -> new Fussy()).get(30, SECONDS))
        .cause()
        .isInstanceOf(MultiprocessingException.class)
        .hasMessageContaining("cannot be sent back: java.lang.IllegalArgumentException: not today");
  }
}
