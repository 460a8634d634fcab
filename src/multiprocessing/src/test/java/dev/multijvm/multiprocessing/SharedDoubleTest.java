package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SharedDoubleTest {

  @Test
  void verbsAreThoseOfAtomicLong() throws IOException {
    try (var shared = SharedDouble.create(0.5)) {
      assertThat(shared.getAndAdd(2)).isEqualTo(0.5);
      assertThat(shared.addAndGet(0.25)).isEqualTo(2.75);
      assertThat(shared.getAndSet(-0.0)).isEqualTo(2.75);
      assertThat(shared.compareAndSet(0.0, 7)).isFalse();
      assertThat(shared.compareAndSet(-0.0, Double.NaN)).isTrue();
      assertThat(shared.compareAndSet(Double.NaN, 7)).isTrue();
      assertThat(shared.accumulateAndGet(9, Math::max)).isEqualTo(9);
      assertThat(shared.getAndUpdate(x -> x / 2)).isEqualTo(9);
      assertThat(shared.updateAndGet(x -> x + 1)).isEqualTo(5.5);
      shared.set(1e300);
      assertThat(shared.get()).isEqualTo(1e300);
    }
  }

  @Test
  void additionsOfTwoProcessesAreAllThere() throws Exception {
    try (var sum = SharedDouble.create(0)) {
      TestChild.Job job =
          () -> {
            for (var i = 0; i < 100_000; i++) {
              sum.getAndAdd(0.5);
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        one.join();
        two.join();
      }

      assertThat(sum.get()).isEqualTo(100_000);
    }
  }

  @Test
  void isPrintedAsItsValue() throws Exception {
    var number = SharedDouble.create(7);

    assertThat(number).hasToString("7.0");
    number.close();
    assertThat(number.toString()).startsWith("double ").endsWith("(closed)");
  }
}
