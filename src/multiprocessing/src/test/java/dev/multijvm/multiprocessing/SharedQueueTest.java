package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.shared.Apart;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SharedQueueTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void elementsLeaveInTheOrderTheyCame() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create()) {
      var elements =
          List.of(
              1, -7L, "text", "Größe €", 2.5, true, LocalDate.of(2026, 11, 21), 'x', List.of(1));
      queue.addAll(elements);

      assertThat(queue).hasSize(9).containsExactlyElementsOf(elements);
      assertThat(queue.peek()).isEqualTo(1);
      for (var element : elements) {
        assertThat(queue.take()).isEqualTo(element);
      }
      assertThat(queue.poll()).isNull();
      assertThat(queue.peek()).isNull();
      assertThat(queue).isEmpty();
    }
  }

  @Test
  void childTakesWhatTheParentPutsAndAnswers() throws Exception {
    try (SharedQueue<Integer> questions = SharedQueue.create();
        SharedQueue<String> answers = SharedQueue.create();
        var child =
            TestChild.start(() -> {
              for (var number = questions.take(); number >= 0; number = questions.take()) {
                answers.put("square " + number * number);
              }
            })) {
      for (var i = 0; i < 50; i++) {
        questions.put(i);
        assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("square " + i * i);
      }
      questions.put(-1);
      child.join();
    }
  }

  @Test
  void everyNumberOfTwoProducersIsTakenOnceByTwoConsumers() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.withCapacity(100);
        var sum = SharedLong.create(0);
        var count = SharedLong.create(0)) {
      TestChild.Job consumer =
          () -> {
            for (var number = queue.take(); number > 0; number = queue.take()) {
              sum.getAndAdd(number);
              count.incrementAndGet();
            }
          };
      TestChild.Job producer =
          () -> {
            for (var i = 1; i <= 20_000; i++) {
              queue.put(i);
            }
          };
      try (var one = TestChild.start(consumer);
          var two = TestChild.start(consumer);
          var other = TestChild.start(producer)) {
        producer.run();
        other.join();
        queue.put(0);
        queue.put(0);
        one.join();
        two.join();
      }

      assertThat(count.get()).isEqualTo(40_000);
      assertThat(sum.get()).isEqualTo(20_000L * 20_001);
    }
  }

  /// Each of them remembers how far it saw the other side, which is worth nothing after the other
  /// one's turn.
  @Test
  void participantsThatTakeTurnsSeeOneQueue() throws Exception {
    for (var capacity : List.of(Integer.MAX_VALUE, 1, 7, 300)) {
      try (SharedQueue<Object> one = SharedQueue.withCapacity(capacity);
          SharedQueue<Object> other = new SharedQueue<>(Apart.open(one.file))) {
        var expected = new ArrayDeque<Object>();
        var random = new Random(capacity);
        for (var turn = 0; turn < 3000; turn++) {
          var queue = random.nextBoolean() ? one : other;
          var puts = random.nextInt(100) < (turn % 1000 < 500 ? 60 : 40);
          for (var i = random.nextInt(30); i >= 0; i--) {
            if (puts) {
              Object element = i % 3 == 0 ? "x".repeat(random.nextInt(3000)) : turn * i;
              assertThat(queue.offer(element)).isEqualTo(expected.size() < capacity);
              if (expected.size() < capacity) {
                expected.add(element);
              }
            } else {
              assertThat(queue.poll()).isEqualTo(expected.poll());
            }
          }
        }
        assertThat(other).containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void takerFindsNothingWhereAnotherHasTakenAll() throws Exception {
    try (SharedQueue<Integer> one = SharedQueue.create();
        SharedQueue<Integer> other = new SharedQueue<>(Apart.open(one.file))) {
      one.addAll(List.of(1, 2, 3));
      assertThat(one.poll()).isEqualTo(1);
      other.addAll(List.of(4, 5));
      assertThat(other.drainTo(new ArrayList<>())).isEqualTo(4);

      assertThat(one.poll()).isNull();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // as a caller may who does not have it
  void drainToNothingTakesNothing() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      queue.add(1);

      assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null));

      assertThat(queue).containsExactly(1);
    }
  }

  @Test
  @SuppressWarnings("try") // It is closed before its files are counted.
  void queueGrowsAndLeavesNoFileBehind() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create()) {
      for (var i = 0; i < 100_000; i++) {
        queue.put(i);
        if (i % 1000 == 0) {
          queue.put(new byte[i]);
        }
      }
      assertThat(queue).hasSize(100_100);
      assertThat(filesOf(queue)).hasSizeGreaterThan(2);

      for (var i = 0; i < 100_000; i++) {
        assertThat(queue.take()).isEqualTo(i);
        if (i % 1000 == 0) {
          assertThat(queue.take()).isEqualTo(new byte[i]);
        }
      }
      assertThat(queue.poll()).isNull();
      assertThat(filesOf(queue)).hasSize(2);

      queue.close();

      assertThat(filesOf(queue)).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("try") // It is closed before its files are counted.
  void queueThatIsClosedWhileItGrowsLeavesNoFileBehind() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (var i = 0; i < 300; i++) {
        SharedQueue<byte[]> queue = SharedQueue.create();
        var growing =
            threads.submit(() -> {
              for (var size = 50_000; ; size = Math.min(2 * size, 20_000_000)) {
                queue.add(new byte[size]);
                queue.clear();
              }
            });
        TimeUnit.MICROSECONDS.sleep(20L * i);

        queue.close();

        assertThatThrownBy(growing::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(filesOf(queue)).isEmpty();
      }
    }
  }

  @Test
  void elementsAreSeenWithoutAGapThoughTheQueueGrows() throws Exception {
    for (var i = 0; i < 20; i++) {
      try (SharedQueue<Integer> queue = SharedQueue.create();
          var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
        var putting = threads.submit(() -> IntStream.range(0, 300_000).forEach(queue::add));
        while (!putting.isDone()) {
          var seen = List.copyOf(queue);
          assertThat(seen).isEqualTo(IntStream.range(0, seen.size()).boxed().toList());
        }
        putting.get();
      }
    }
  }

  @Test
  void streamSeesElementsOfSomeInstantThoughOthersArePut() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var putting = threads.submit(() -> IntStream.range(0, 100_000).forEach(queue::add));
      while (!putting.isDone()) {
        var seen = queue.stream().toList();
        assertThat(seen).isEqualTo(IntStream.range(0, seen.size()).boxed().toList());
      }
      putting.get();
    }
  }

  @Test
  @SuppressWarnings("ModifyingCollectionWithItself") // what is refused
  void queueIsNotAddedToItself() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      queue.add(1);

      assertThatIllegalArgumentException().isThrownBy(() -> queue.addAll(queue));

      assertThat(queue).containsExactly(1);
    }
  }

  @Test
  void memoryOfALargeElementIsGivenBackOnceItIsTaken() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create()) {
      queue.put(new byte[100_000_000]);
      assertThat(bytesOf(queue)).isLessThan(130L << 20);
      assertThat(queue.take()).isInstanceOf(byte[].class);

      queue.put(1);

      assertThat(queue.take()).isEqualTo(1);
      assertThat(bytesOf(queue)).isLessThanOrEqualTo(17L << 20);
    }
  }

  /// Whichever size it has, it fits the ring that is made for it, and those that follow fit too.
  @Test
  void elementsOfAnySizeFitTheRingThatIsMadeForThem() throws Exception {
    for (int power = 16; power <= 25; power += 3) {
      for (int difference = -24; difference <= 8; difference++) {
        try (SharedQueue<byte[]> queue = SharedQueue.create()) {
          var element = new byte[(1 << power) + difference];
          element[element.length - 1] = 7;

          queue.put(element);
          queue.put(element);

          assertThat(queue.take()).isEqualTo(element);
          queue.put(element);
          assertThat(queue.take()).isEqualTo(element);
          assertThat(queue.take()).isEqualTo(element);
          assertThat(queue.poll()).isNull();
        }
      }
    }
  }

  @Test
  void queueThatCannotGrowSaysSoAndKeepsWhatItHas() throws Exception {
    // A limit on the size of files stands for a full file system.
    try (var child =
        TestChild.start(
            TestChild.limited("-f 200"),
            List.of(),
            () -> {
              try (SharedQueue<byte[]> queue = SharedQueue.create()) {
                queue.put(new byte[1000]);
                try {
                  queue.put(new byte[1_000_000]);
                } catch (MultiprocessingException e) {
                  TestChild.say(e.getCause());
                }
                queue.put(new byte[10]);
                TestChild.say(queue.take().length + " " + queue.take().length + " " + queue.size());
              }
            })) {
      assertThat(child.said()).contains("cannot make", "bytes of shared memory");
      assertThat(child.said()).isEqualTo("1000 10 0");
      child.join();
    }
  }

  @Test
  void ringIsUsedAgainAndAgain() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create()) {
      for (var i = 0; i < 20_000; i++) {
        queue.put("element ".repeat(i % 50));
        queue.put(i);
        assertThat(queue.take()).isEqualTo("element ".repeat(i % 50));
        assertThat(queue.take()).isEqualTo(i);
      }
      assertThat(filesOf(queue)).hasSize(2);
    }
  }

  @Test
  void fullQueueRefusesOrWaits() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.withCapacity(2);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(queue.offer(1)).isTrue();
      assertThat(queue.offer(2)).isTrue();
      assertThat(queue.offer(3)).isFalse();
      assertThat(queue.offer(3, 5, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(queue.offer(3, Duration.ofMillis(5))).isFalse();
      assertThat(queue.remainingCapacity()).isZero();
      assertThatIllegalStateException().isThrownBy(() -> queue.add(3));
      var waiter = threads.submit(() -> queue.offer(3, 60, TimeUnit.SECONDS));

      assertThat(queue.take()).isEqualTo(1);

      assertThat(waiter.get()).isTrue();
      assertThat(queue).containsExactly(2, 3);
      assertThat(queue.poll(LONG)).isEqualTo(2);
      assertThat(queue.offer(4, LONG)).isTrue();
      queue.clear();
      assertThat(queue.poll(Duration.ofMillis(5))).isNull();
    }
  }

  @Test
  void producersKilledAtAnyMomentLeaveOnlyWholeElements() throws Exception {
    try (SharedQueue<List<Integer>> queue = SharedQueue.create()) {
      for (var i = 0; i < 4; i++) {
        try (var producer =
            TestChild.start(() -> {
              TestChild.say("started");
              for (var n = 0; ; n++) {
                queue.put(IntStream.range(n, n + n % 100).boxed().toList());
              }
            })) {
          producer.said();
          Thread.sleep(30 + i);
          producer.kill();
        }
        queue.put(List.of(-1));
        var count = 0;
        for (var element = queue.take(); !element.equals(List.of(-1)); element = queue.take()) {
          var n = count++;
          assertThat(element).isEqualTo(IntStream.range(n, n + n % 100).boxed().toList());
        }
        assertThat(queue).isEmpty();
      }
    }
  }

  @Test
  void consumersKilledAtAnyMomentTakeAtMostOneElementTooMany() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var done = SharedLong.create(0)) {
      for (var i = 0; i < 300_000; i++) {
        queue.put(i);
      }
      for (var i = 0; i < 3; i++) {
        try (var consumer =
            TestChild.start(() -> {
              TestChild.say("started");
              while (true) {
                queue.take();
                done.incrementAndGet();
              }
            })) {
          consumer.said();
          Thread.sleep(5 + i);
          consumer.kill();
        }
      }

      var left = new ArrayList<Integer>();
      queue.drainTo(left);

      assertThat(300_000 - done.get() - left.size()).isBetween(0L, 3L);
    }
  }

  @Test
  void whatWasClearedIsDone() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      queue.addAll(List.of(1, 2, 3));

      queue.clear();

      assertThat(queue).isEmpty();
      assertThat(queue.join(LONG)).isTrue();
      assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void joinWaitsUntilAllIsDone() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var done = SharedLong.create(0);
        var worker =
            TestChild.start(() -> {
              for (var number = queue.take(); number >= 0; number = queue.take()) {
                done.incrementAndGet();
                queue.taskDone();
              }
              queue.taskDone();
            })) {
      for (var i = 0; i < 100; i++) {
        queue.put(i);
      }

      assertThat(queue.join(LONG)).isTrue();

      assertThat(done.get()).isEqualTo(100);
      queue.put(-1);
      queue.join();
      worker.join();
      assertThatIllegalStateException().isThrownBy(queue::taskDone);
    }
  }

  @Test
  void elementOfATakerThatDiesBeforeItIsDoneNoLongerHoldsUpJoin() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var taker =
            TestChild.start(() -> {
              queue.take();
              TestChild.say("taken");
              TestChild.hear();
            })) {
      queue.put(1);
      taker.said();
      assertThat(queue.join(Duration.ofMillis(150))).isFalse();

      taker.kill();

      assertThat(queue.join(LONG)).isTrue();
    }
  }

  @Test
  void queueOutlivesAKilledCreator() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          SharedQueue<Integer> queue = SharedQueue.create();
          queue.put(1);
          TestChild.say(Copies.toText(queue));
          TestChild.hear();
        })) {
      @SuppressWarnings("unchecked") // the child made it
      var queue = (SharedQueue<Integer>) Copies.fromText(creator.said());
      try (queue) {
        creator.kill();

        queue.put(2);

        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(2);
      }
    }
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(
              () -> assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::take));
      Thread.sleep(30);

      threads.shutdownNow();

      waiter.get();
      queue.put(1);
      assertThat(queue.take()).isEqualTo(1);
    }
  }

  @Test
  void closeByTheCreatorEndsTheWaits() throws Exception {
    SharedQueue<Integer> queue = SharedQueue.create();
    try (var child =
        TestChild.start(() -> {
          TestChild.say("waiting");
          try {
            queue.take();
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      child.said();
      Thread.sleep(50);

      queue.close();

      assertThat(child.said()).contains("was closed by its creator");
      child.join();
    }
    assertThatIllegalStateException().isThrownBy(() -> queue.put(1));
    assertThatIllegalStateException().isThrownBy(queue::poll);
  }

  @Test
  void whatCannotBeWrittenIsRefused() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.put(new Thread()))
          .withMessageContaining("java.lang.Thread");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> queue.put(List.of(1, new Thread())))
          .withMessageContaining("java.lang.Thread (element[1])")
          .withMessageContaining("no class of the JDK can be made so");
      assertThat(queue).isEmpty();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedQueue.withCapacity(0))
        .withMessage("capacity must be positive: 0");
  }

  private static long bytesOf(SharedQueue<?> queue) throws IOException {
    var directory = Objects.requireNonNull(queue.file.path().getParent());
    long bytes = 0;
    for (var name : filesOf(queue)) {
      bytes += Files.size(directory.resolve(name));
    }
    return bytes;
  }

  private static List<String> filesOf(SharedQueue<?> queue) throws IOException {
    var path = queue.file.path();
    try (var files = Files.list(Objects.requireNonNull(path.getParent()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name ->
              name.equals(path.getFileName().toString())
                  || name.startsWith(path.getFileName() + "."))
          .toList();
    }
  }
}
