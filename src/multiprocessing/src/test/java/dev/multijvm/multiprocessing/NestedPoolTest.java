package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

@Timeout(90)
class NestedPoolTest {
  /// Quick to start; the tasks are tiny.
  private static PoolOptions quick(int workers) {
    return quick(workers, Transport.AUTOMATIC);
  }

  private static PoolOptions quick(int workers, Transport transport) {
    return PoolOptions.defaults()
        .withWorkers(workers)
        .withTransport(transport)
        .withStartMethod(StartMethod.PLAIN)
        .withJvmArguments(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  }

  public static int squaredInAPoolOfItsOwn(int workers, int number) throws Exception {
    return squaredInAPoolOfItsOwn(workers, Transport.AUTOMATIC, number);
  }

  private static int squaredInAPoolOfItsOwn(int workers, Transport transport, int number)
      throws Exception {
    try (var pool = ProcessPool.open(quick(workers, transport))) {
      return pool.submit(() -> number * number).get(30, SECONDS);
    }
  }

  public static int squaredTwoPoolsDown(int number) throws Exception {
    try (var pool = ProcessPool.open(quick(1))) {
      return pool.submit(() -> squaredInAPoolOfItsOwn(1, number)).get(60, SECONDS);
    }
  }

  @ParameterizedTest
  @EachTransport
  void taskOpensAPoolOfItsOwnAgainAndAgain(Transport transport) throws Exception {
    try (var pool = ProcessPool.open(quick(1, transport))) {
      for (int i = 0; i < 3; i++) {
        int number = i;
        assertThat(pool.submit(() -> squaredInAPoolOfItsOwn(2, transport, number)).get(60, SECONDS))
            .isEqualTo(number * number);
      }
    }
  }

  @Test
  void poolLargerThanWhatIsLeftIsRefusedAndSaysHowManyAre() {
    try (var pool = ProcessPool.open(quick(2))) {
      int most = 4 * Math.max(2, Runtime.getRuntime().availableProcessors());
      int left = (most - 2) / 2;

      assertThatThrownBy(
              () -> pool.submit(() -> squaredInAPoolOfItsOwn(left + 1, 3)).get(60, SECONDS))
          .cause()
          .isInstanceOf(MultiprocessingException.class)
          .hasMessageContaining("a pool of " + (left + 1) + " workers")
          .hasMessageContaining(left + " are left here");
    }
  }

  @Test
  void nestingEndsWhenTheCountIsUsedUp() throws Exception {
    try (var parent =
        TestChild.start(
            List.of("-Dmultijvm.nestedWorkers=2"),
            () -> {
              try (var pool = ProcessPool.open(quick(1))) {
                assertThat(pool.submit(() -> squaredInAPoolOfItsOwn(1, 3)).get(60, SECONDS))
                    .isEqualTo(9);
                assertThatThrownBy(() -> pool.submit(() -> squaredTwoPoolsDown(3)).get(60, SECONDS))
                    .rootCause()
                    .isInstanceOf(MultiprocessingException.class)
                    .hasMessageContaining("0 are left here");
              }
            })) {
      parent.join();
    }
  }

  @Test
  void poolsOfTheOutermostProcessAreNotLimited() throws Exception {
    try (var one = ProcessPool.open(quick(2));
        var other = ProcessPool.open(quick(2))) {
      assertThat(one.submit(() -> 1).get(30, SECONDS)).isOne();
      assertThat(other.submit(() -> 1).get(30, SECONDS)).isOne();
    }
  }
}
