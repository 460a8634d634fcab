package dev.multijvm.benchmarks.honesty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.FoldedLoop;
import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.SteppedWorkload;
import java.io.IOException;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The judgements are about what a compiler made of a loop, which differs by a factor of ten and
/// more; none depends on how fast or busy the machine is.
class GateTest {

  private static Gate gate;

  @BeforeAll
  static void measureTheCycle() {
    gate = Gate.measuredBy(new Ruler(1_000_000));
  }

  @Test
  void kernelsOfTheSuitesAreHonest() throws IOException {
    assertThat(Honesty.judgeAll(gate))
        .extracting(judged -> judged.finding().verdict())
        .hasSize(10)
        .containsOnly("honest");
  }

  @Test
  void foldedLoopIsCaughtByItsFloor() {
    var finding = gate.judge(new FoldedLoop(2_000_000));

    assertThat(finding.answerOk()).isTrue();
    assertThat(finding.verdict())
        .startsWith("folded-loop/1: ")
        .contains("cycles, less than the 0.5", "replaced the loop by its result");
  }

  @Test
  void linearGeneratorGrowsWithItsStepsAndIsCaughtByItsFloor() {
    var finding = gate.judge(new LinearGenerator(4_000_000));

    assertThat(finding.answerOk()).isTrue();
    assertThat(finding.verdict())
        .contains("cycles, less than the 2.0")
        .containsPattern("does at least \\d+ steps in one");
  }

  @Test
  void wrongAnswerIsNamed() {
    var finding = gate.judge(new Miscounting(2_000_000));

    assertThat(finding.answerOk()).isFalse();
    assertThat(finding.verdict()).contains("miscounting/1: its answer is wrong");
  }

  @Test
  void neighbourWhoIsBusyForAWhileAccusesNobody() {
    var finding = gate.judge(new Disturbed(2_000_000, new AtomicInteger(200)));

    assertThat(finding.verdict()).isEqualTo("honest");
  }

  @Test
  void timeThatHardlyGrowsIsNamedThoughEachStepTakesLongEnough() {
    var finding = gate.judge(new Disturbed(100_000, new AtomicInteger(Integer.MAX_VALUE)));

    assertThat(finding.verdict())
        .containsPattern(
            "disturbed/1: twice the steps took 1\\.\\d\\d and again 1\\.\\d\\d times as long");
  }

  /// Counts, for so many calls beside as much other work as two million steps are.
  private record Disturbed(long steps, AtomicInteger disturbances) implements SteppedWorkload {

    @Override
    public String kernel() {
      return "disturbed";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public long answer() {
      return new CountingLoop(steps).answer();
    }

    @Override
    public Disturbed withSteps(long steps) {
      return new Disturbed(steps, disturbances);
    }

    @Override
    public double floorCycles() {
      return 0.5;
    }

    @Override
    public Long call() {
      if (disturbances.getAndDecrement() > 0) {
        new CountingLoop(2_000_000).call();
      }
      return new CountingLoop(steps).call();
    }
  }

  /// A generator with constant coefficients: C2 replaces sixteen steps by one with other constants,
  /// so that its time is as linear as an honest kernel's.
  private record LinearGenerator(long steps) implements SteppedWorkload {

    private static final long FACTOR = 6364136223846793005L;
    private static final long SUMMAND = 1442695040888963407L;

    @Override
    public String kernel() {
      return "linear-generator";
    }

    @Override
    public int version() {
      return 1;
    }

    /// The geometric series, exact because it is divided before it is cut to 64 bits.
    @Override
    public long answer() {
      var factor = BigInteger.valueOf(FACTOR);
      var modulus = BigInteger.TWO.pow(64).multiply(factor.subtract(BigInteger.ONE));
      var power = factor.modPow(BigInteger.valueOf(steps), modulus);
      var series = power.subtract(BigInteger.ONE).divide(factor.subtract(BigInteger.ONE));
      return power.add(series.multiply(BigInteger.valueOf(SUMMAND))).longValue();
    }

    @Override
    public LinearGenerator withSteps(long steps) {
      return new LinearGenerator(steps);
    }

    @Override
    public double floorCycles() {
      return 2.0;
    }

    @Override
    public Long call() {
      return generate(steps);
    }

    private static long generate(long steps) {
      long r = 1;
      for (long i = 0; i < steps; i++) {
        r = r * FACTOR + SUMMAND;
      }
      return r;
    }
  }

  /// Counts one too few.
  private record Miscounting(long steps) implements SteppedWorkload {

    @Override
    public String kernel() {
      return "miscounting";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public long answer() {
      return steps;
    }

    @Override
    public Miscounting withSteps(long steps) {
      return new Miscounting(steps);
    }

    @Override
    public double floorCycles() {
      return 2.0;
    }

    @Override
    public Long call() {
      return new CountingLoop(steps - 1).call();
    }
  }
}
