package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedLongTest {

  private static final int ROUNDS = 300_000;

  @Test
  void verbsAreThoseOfAtomicLong() throws IOException {
    try (var shared = SharedLong.create(5)) {
      assertThat(shared.getAndAdd(2)).isEqualTo(5);
      assertThat(shared.addAndGet(3)).isEqualTo(10);
      assertThat(shared.incrementAndGet()).isEqualTo(11);
      assertThat(shared.decrementAndGet()).isEqualTo(10);
      assertThat(shared.getAndSet(-1)).isEqualTo(10);
      assertThat(shared.compareAndSet(0, 7)).isFalse();
      assertThat(shared.compareAndSet(-1, 7)).isTrue();
      assertThat(shared.accumulateAndGet(9, Math::max)).isEqualTo(9);
      assertThat(shared.getAndUpdate(x -> x * x)).isEqualTo(9);
      assertThat(shared.updateAndGet(x -> x + 1)).isEqualTo(82);
      assertThat(shared.get()).isEqualTo(82);
      assertThat(shared.getAndIncrement()).isEqualTo(82);
      assertThat(shared.getAndDecrement()).isEqualTo(83);
      assertThat(shared.getAndAccumulate(3, (x, y) -> x - y)).isEqualTo(82);
      shared.setRelease(shared.get() + 1);
      assertThat(shared.getAcquire()).isEqualTo(80);
    }
  }

  @Test
  void additionsOfTwoProcessesAreAllThere() throws Exception {
    try (var sum = SharedLong.create(0);
        var start = SharedLong.create(0)) {
      TestChild.Job job =
          () -> {
            meet(start);
            for (var i = 0; i < ROUNDS; i++) {
              sum.getAndAdd(1);
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        one.join();
        two.join();
      }

      assertThat(sum.get()).isEqualTo(2L * ROUNDS);
    }
  }

  @Test
  void readingAndWritingBackLosesAdditionsThatGetAndAddKeeps() throws Exception {
    try (var careless = SharedLong.create(0);
        var careful = SharedLong.create(0);
        var start = SharedLong.create(0)) {
      TestChild.Job job =
          () -> {
            meet(start);
            // Until one is lost, which takes some switches where both processes share one CPU. As
            // long as none is, the careless number is never behind.
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (careful.get() <= careless.get() && System.nanoTime() < deadline) {
              for (var i = 0; i < 1000; i++) {
                careless.set(careless.get() + 1);
                careful.getAndAdd(1);
              }
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        one.join();
        two.join();
      }

      var lost = careful.get() - careless.get();
      System.out.printf("get and set lost %d of %d additions%n", lost, careful.get());
      assertThat(lost).isPositive();
      assertThat(careful.get() % 1000).isZero();
    }
  }

  @Test
  void handleThatComesBackIsTheSameObject() throws Exception {
    try (var shared = SharedLong.create(5)) {
      assertThat(Copies.copyOf(shared)).isSameAs(shared);
    }
  }

  @Test
  @SuppressWarnings("try") // The child closes it twice on purpose.
  void handleOpenedTwiceInAnotherProcessIsOneObject() throws Exception {
    try (var shared = SharedLong.create(5);
        var child =
            TestChild.start(() -> {
              TestChild.say(Copies.copyOf(shared) == shared);
              shared.close();
              shared.close();
              TestChild.hear();
            })) {
      assertThat(child.said()).isEqualTo("true");
      child.tell("end");
      child.join();

      assertThat(shared.get()).isEqualTo(5);
    }
  }

  @Test
  void useAfterCloseIsRefused() throws IOException {
    var shared = SharedLong.create(5);

    shared.close();
    shared.close();

    assertThatIllegalStateException().isThrownBy(shared::get);
    assertThatIllegalStateException().isThrownBy(() -> shared.getAndAdd(1));
  }

  @Test
  void handleOfWhatWasClosedMeanwhileCannotBeOpened() throws Exception {
    var shared = SharedLong.create(5);
    var bytes = Copies.toBytes(shared);
    shared.close();
    try (var child =
        TestChild.start(() -> {
          try {
            Copies.fromBytes(bytes);
          } catch (IOException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      assertThat(child.said())
          .startsWith("long /")
          .endsWith(
              "is gone: its creator, process %d, closed it"
                  .formatted(ProcessHandle.current().pid()));
      child.join();
    }
  }

  /// Returns when both children have come.
  private static void meet(SharedLong start) {
    start.getAndAdd(1);
    while (start.get() < 2) {
      Thread.onSpinWait();
    }
  }

  @Test
  void isPrintedAsItsValue() throws Exception {
    var number = SharedLong.create(7);

    assertThat(number).hasToString("7");
    number.close();
    assertThat(number.toString()).startsWith("long ").endsWith("(closed)");
  }
}
