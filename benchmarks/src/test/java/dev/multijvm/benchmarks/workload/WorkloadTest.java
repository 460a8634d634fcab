package dev.multijvm.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

  static List<Workload> workloads() {
    return List.of(
        new CountingLoop(0),
        new CountingLoop(1_234_567),
        new FoldedLoop(1_234_567),
        new RangeSum(1, 1),
        new RangeSum(0, 1_234_567),
        new RangeSum(7, 1_000_000),
        new Ruler(0),
        new Ruler(1),
        new Ruler(1_234_567),
        new Sleep(3),
        new Payload(0),
        new Payload(1000),
        new Squares(0, 1),
        new Squares(17, 999_984),
        new Blur(1),
        new Blur(70),
        new Filling(3));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void itsWorkGivesTheKnownAnswer(Workload workload) throws Exception {
    assertThat(workload.call()).isEqualTo(workload.answer());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void theSameObjectCanRunAgain(Workload workload) throws Exception {
    assertThat(workload.call()).isEqualTo(workload.call());
  }

  /// The first numbers of the generator as Marsaglia's paper defines it, computed by hand.
  @Test
  void rulerIsXorshiftWithShifts13And7And17() {
    var mask = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    var x = new BigInteger("88172645463325252");
    for (int i = 0; i < 3; i++) {
      x = x.xor(x.shiftLeft(13)).and(mask);
      x = x.xor(x.shiftRight(7));
      x = x.xor(x.shiftLeft(17)).and(mask);
    }

    assertThat(new Ruler(3).call()).isEqualTo(x.longValue());
  }

  @Test
  void largestRangeHasItsAnswer() {
    var range = new RangeSum(1, 1L << 31);

    var n = BigInteger.TWO.pow(31);
    assertThat(BigInteger.valueOf(range.answer()))
        .isEqualTo(n.multiply(n.add(BigInteger.ONE)).shiftRight(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 256, 1000})
  void chunksCoverTheRangeWithoutGapAndDifferByOneAtMost(int chunks) {
    var ranges = RangeSum.inChunks(1000, chunks);

    assertThat(ranges).hasSize(chunks);
    assertThat(ranges.getFirst().first()).isEqualTo(1);
    assertThat(ranges.getLast().last()).isEqualTo(1000);
    for (int i = 1; i < chunks; i++) {
      assertThat(ranges.get(i).first()).isEqualTo(ranges.get(i - 1).last() + 1);
    }
    assertThat(ranges.stream().mapToLong(RangeSum::steps).summaryStatistics())
        .satisfies(steps -> assertThat(steps.getMax() - steps.getMin()).isLessThanOrEqualTo(1));
  }

  @Test
  void chunksOfSquaresCoverTheRange() {
    var chunks = Squares.inChunksOf(300, 1000);

    assertThat(chunks)
        .containsExactly(
            new Squares(1, 300),
            new Squares(301, 300),
            new Squares(601, 300),
            new Squares(901, 100));
  }

  @Test
  void sleepTakesAtLeastItsTime() throws InterruptedException {
    long start = System.nanoTime();

    new Sleep(20).call();

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  void impossibleSizesAreRefusedAndShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CountingLoop(-1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeSum(5, 4))
        .withMessageContaining("5")
        .withMessageContaining("4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RangeSum.inChunks(10, 11))
        .withMessageContaining("11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sleep(-2))
        .withMessageContaining("-2");
  }

  @Test
  void batchAddsUpTheAnswersOfItsTasks() throws Exception {
    var batch = new Batch(RangeSum.inChunks(1000, 3));

    try (var executor = Executors.newSingleThreadExecutor()) {
      assertThat(batch.run(executor)).isEqualTo(500_500);
    }
  }

  @Test
  void wrongAnswerIsNamedWithItsKernelAndBothNumbers() {
    var batch = Batch.of(2, new CountingLoop(10));

    assertThatThrownBy(() -> batch.check(19))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("counting-loop answered 19 instead of 20");
  }

  @Test
  void theSumOfManyRunsOfABatchIsComparedAtOnce() {
    var batch = Batch.of(2, new CountingLoop(10));

    assertThatCode(() -> batch.check(60, 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> batch.check(61, 3))
        .isInstanceOf(WrongAnswerException.class)
        .hasMessage("counting-loop answered 61 instead of 60");
  }
}
