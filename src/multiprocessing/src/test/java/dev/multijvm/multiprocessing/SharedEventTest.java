package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SharedEventTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void eventIsSetAndCleared() throws Exception {
    try (var event = SharedEvent.create()) {
      assertThat(event.isSet()).isFalse();
      assertThat(event.await(Duration.ofMillis(5))).isFalse();
      event.set();
      event.set();
      assertThat(event.isSet()).isTrue();
      event.await();
      assertThat(event.await(Duration.ZERO)).isTrue();
      event.clear();
      event.clear();
      assertThat(event.isSet()).isFalse();
    }
  }

  @Test
  void oneProcessWaitsUntilAnotherSetsItAndSeesWhatWasWrittenBefore() throws Exception {
    try (var event = SharedEvent.create();
        var answer = SharedEvent.create();
        var value = SharedLong.create(0);
        var child =
            TestChild.start(() -> {
              event.await();
              TestChild.say(value.get());
              answer.set();
            })) {
      value.setRelease(42);

      event.set();

      assertThat(answer.await(LONG)).isTrue();
      assertThat(child.said()).isEqualTo("42");
      child.join();
    }
  }

  @Test
  void eventThatIsClearedAtOnceStillEndsTheWaitsOfTheMoment() throws Exception {
    try (var event = SharedEvent.create();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiters = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 500; i++) {
        waiters.add(threads.submit(() -> event.await(LONG)));
      }

      // Those who begin to wait after one pulse are let go by the next.
      while (!waiters.stream().allMatch(Future::isDone)) {
        Thread.sleep(10);
        event.set();
        event.clear();
      }

      for (var waiter : waiters) {
        assertThat(waiter.get()).isTrue();
      }
    }
  }

  @Test
  void processesWithoutNativeAccessWaitAndSetToo() throws Exception {
    try (var there = SharedEvent.create();
        var back = SharedEvent.create();
        var child =
            TestChild.start(
                List.of(),
                () -> {
                  for (var i = 0; i < 20; i++) {
                    there.await();
                    there.clear();
                    back.set();
                  }
                })) {
      for (var i = 0; i < 20; i++) {
        there.set();
        assertThat(back.await(LONG)).isTrue();
        back.clear();
      }
      child.join();
      assertThat(child.errors()).isEmpty();
    }
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    try (var event = SharedEvent.create();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(
              () -> assertThatExceptionOfType(InterruptedException.class).isThrownBy(event::await));
      Thread.sleep(30);

      threads.shutdownNow();

      waiter.get();
    }
  }

  @Test
  void closeByTheCreatorEndsTheWaits() throws Exception {
    var event = SharedEvent.create();
    try (var child =
            TestChild.start(() -> {
              TestChild.say("waiting");
              try {
                event.await();
              } catch (IllegalStateException e) {
                TestChild.say(e.getMessage());
              }
            });
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var here = threads.submit(() -> assertThatIllegalStateException().isThrownBy(event::await));
      child.said();
      Thread.sleep(30);

      event.close();

      assertThat(child.said()).contains("was closed by its creator");
      here.get();
      child.join();
    }
    assertThatIllegalStateException().isThrownBy(event::isSet);
  }

  @Test
  void deathOfTheCreatorEndsTheWait() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          TestChild.say(Copies.toText(SharedEvent.create()));
          TestChild.hear();
        })) {
      try (var event = (SharedEvent) Copies.fromText(creator.said())) {
        creator.kill();

        assertThatExceptionOfType(MultiprocessingException.class)
            .isThrownBy(event::await)
            .withMessageContaining("has lost its creator");
      }
    }
  }

  /// One of them at a time looks every 100 ms. It tells the others.
  @Test
  void deathOfTheCreatorEndsTheWaitsOfAThousandThreads() throws Exception {
    try (var creator =
            TestChild.start(() -> {
              TestChild.say(Copies.toText(SharedEvent.create()));
              TestChild.hear();
            });
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (var event = (SharedEvent) Copies.fromText(creator.said())) {
        var waiters = new ArrayList<Future<?>>();
        for (var i = 0; i < 1000; i++) {
          waiters.add(
              threads.submit(() ->
                  assertThatExceptionOfType(MultiprocessingException.class)
                      .isThrownBy(event::await)));
        }

        creator.kill();

        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        for (var waiter : waiters) {
          waiter.get();
        }
      }
    }
  }

  @Test
  void shortWaitNoticesThatTheCreatorIsDead() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          TestChild.say(Copies.toText(SharedEvent.create()));
          TestChild.hear();
        })) {
      try (var event = (SharedEvent) Copies.fromText(creator.said())) {
        assertThat(event.await(Duration.ofMillis(1))).isFalse();

        creator.kill();

        assertThatExceptionOfType(MultiprocessingException.class)
            .isThrownBy(() -> event.await(Duration.ofMillis(1)))
            .withMessageContaining("has lost its creator");
      }
    }
  }
}
