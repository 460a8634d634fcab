package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SharedArraysTest {

  @Test
  void longsHaveTheVerbsOfAtomicLongArray() throws IOException {
    try (var shared = SharedLongArray.of(1, 2, 3)) {
      assertThat(shared.length()).isEqualTo(3);
      assertThat(shared.getAndAdd(1, 10)).isEqualTo(2);
      assertThat(shared.addAndGet(1, 1)).isEqualTo(13);
      assertThat(shared.getAndSet(0, -1)).isEqualTo(1);
      assertThat(shared.compareAndSet(0, 1, 5)).isFalse();
      assertThat(shared.compareAndSet(0, -1, 5)).isTrue();
      assertThat(shared.accumulateAndGet(2, 4, (x, y) -> x * y)).isEqualTo(12);
      assertThat(shared.toArray()).containsExactly(5, 13, 12);
      assertThat(shared.incrementAndGet(0)).isEqualTo(6);
      assertThat(shared.getAndUpdate(1, x -> -x)).isEqualTo(13);
      assertThat(shared.updateAndGet(1, x -> 2 * x)).isEqualTo(-26);
      assertThat(shared.toArray()).containsExactly(6, -26, 12);
    }
  }

  @Test
  void doublesHaveTheVerbsOfAtomicLongArray() throws IOException {
    try (var shared = SharedDoubleArray.of(1, 2, 3)) {
      assertThat(shared.length()).isEqualTo(3);
      assertThat(shared.getAndAdd(1, 0.5)).isEqualTo(2);
      assertThat(shared.addAndGet(1, 1)).isEqualTo(3.5);
      assertThat(shared.getAndSet(0, -1)).isEqualTo(1);
      assertThat(shared.compareAndSet(0, 1, 5)).isFalse();
      assertThat(shared.compareAndSet(0, -1, 5)).isTrue();
      assertThat(shared.accumulateAndGet(2, 4, (x, y) -> x * y)).isEqualTo(12);
      assertThat(shared.toArray()).containsExactly(5, 3.5, 12);
    }
  }

  @Test
  void indexOutsideIsRefused() throws IOException {
    try (var longs = SharedLongArray.create(3);
        var doubles = SharedDoubleArray.create(0)) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> longs.get(3));
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> longs.set(-1, 0));
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> doubles.get(0));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedLongArray.create(-1))
        .withMessage("length must not be negative: -1");
  }

  @Test
  void eachProcessAddsToItsElementsAndAllArrive() throws Exception {
    try (var longs = SharedLongArray.create(4);
        var doubles = SharedDoubleArray.create(4)) {
      TestChild.Job job =
          () -> {
            for (var i = 0; i < 40_000; i++) {
              longs.getAndAdd(i % 4, 1);
              doubles.getAndAdd(i % 4, 0.5);
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        one.join();
        two.join();
      }

      assertThat(longs.toArray()).containsExactly(20_000, 20_000, 20_000, 20_000);
      assertThat(doubles.toArray()).containsExactly(10_000, 10_000, 10_000, 10_000);
    }
  }
}
