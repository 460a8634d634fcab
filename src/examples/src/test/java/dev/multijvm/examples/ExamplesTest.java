package dev.multijvm.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs each program, with its real child JVMs, and reads what it prints.
@Timeout(60)
class ExamplesTest {
  private static final Pattern SECONDS = Pattern.compile("(?:in|after) (\\d+\\.\\d{3}) s");
  private static final Pattern RACE =
      Pattern.compile("read, add, write back: (\\d+), lost: (\\d+)");
  private static final Pattern DIRECTORY =
      Pattern.compile("painting five pictures of 90 x 60 into (.+)");
  private static final List<String> THUMBNAILS =
      IntStream.rangeClosed(1, 5).mapToObj("thumbnail-of-picture-%d.png"::formatted).toList();

  @FunctionalInterface
  private interface Program {
    void main(String[] arguments) throws Exception;
  }

  private static List<String> run(Program program, String... arguments) throws Exception {
    var real = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      program.main(arguments);
    } finally {
      System.setOut(real);
    }
    return printed.toString(UTF_8).lines().toList();
  }

  private static double secondsIn(String line) {
    var seconds = SECONDS.matcher(line);
    assertThat(seconds.find()).as(line).isTrue();
    return Double.parseDouble(seconds.group(1));
  }

  /// Lets the temporary directory go with this JVM, which deletes the pictures.
  private static void assertThatThumbnailsAreThere(String firstLine) throws IOException {
    var matcher = DIRECTORY.matcher(firstLine);
    assertThat(matcher.matches()).as(firstLine).isTrue();
    for (var name : THUMBNAILS) {
      var file = new File(matcher.group(1), name);
      assertThat(file).isFile();
      file.deleteOnExit();
      var thumbnail = ImageIO.read(file);
      assertThat(thumbnail.getWidth()).isEqualTo(50);
      assertThat(thumbnail.getHeight()).isEqualTo(50);
    }
  }

  private static String withoutWorker(String line) {
    return line.replaceFirst("^\\[worker-\\d+\\] ", "");
  }

  @Test
  void timeTakenBeforeJoiningLies() throws Exception {
    var lines = run(E01TwoSleepersNotJoined::main);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("still alive: true, true");
    assertThat(secondsIn(lines.get(2))).isGreaterThan(0.5);
    assertThat(secondsIn(lines.get(2)) - secondsIn(lines.getFirst())).isGreaterThan(0.5 / 2);
  }

  @Test
  void joinedSleepersTakeAtLeastAsLongAsTheySleep() throws Exception {
    assertThat(secondsIn(run(E02TwoSleepersJoined::main).getFirst())).isGreaterThan(0.5);
  }

  @Test
  void tenSleepersAreAllWaitedFor() throws Exception {
    var line = run(E03TenSleepers::main).getFirst();

    assertThat(line).startsWith("10 finished in ");
    assertThat(secondsIn(line)).isGreaterThan(0.5);
  }

  @Test
  void greetingComesThroughThePipe() throws Exception {
    assertThat(run(E04GreetingThroughAPipe::main))
        .singleElement()
        .asString()
        .startsWith("hello from process-");
  }

  @Test
  void evenNumbersComeThroughTheQueueAndEnd() throws Exception {
    assertThat(run(E05EvenNumbersThroughAQueue::main))
        .containsExactly("0", "2", "4", "6", "8", "that is all");
  }

  @Test
  void loopEndsWhenTheProducerDies() throws Exception {
    try (SharedQueue<Integer> numbers = SharedQueue.create();
        var producer =
            ChildProcess.start(() -> {
              numbers.add(0);
              Runtime.getRuntime().halt(3);
            })) {
      assertThat(run(_ -> E05EvenNumbersThroughAQueue.printAll(numbers, producer)))
          .containsExactly("0");
    }
  }

  @Test
  void everythingProducedIsConsumedInOrder() throws Exception {
    var lines = run(E18ProducerAndConsumer::main);

    assertThat(lines.stream().filter(line -> line.startsWith("Produced")))
        .containsExactly("Produced 0", "Produced 1", "Produced 2", "Produced 3", "Produced 4");
    assertThat(lines.stream().filter(line -> line.startsWith("Consumed")))
        .containsExactly("Consumed 0", "Consumed 1", "Consumed 2", "Consumed 3", "Consumed 4");
  }

  @Test
  void consumerEndsWhenTheProducerDies() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      var lines =
          run(_ ->
              E18ProducerAndConsumer.run(
                  queue,
                  () -> {
                    queue.add(0);
                    Runtime.getRuntime().halt(3);
                  }));

      assertThat(lines).containsExactly("Consumed 0", "the producer failed");
    }
  }

  @Test
  void lockIsGivenOnceAndReleasedOnce() throws Exception {
    assertThat(run(E06LockTakenWithoutWaiting::main))
        .containsExactly(
            "taken: true", "taken by another process: false", "released", "not ours to release");
  }

  @Test
  void countingGivesTheSameSeriallyAndInProcesses() throws Exception {
    var serially = run(E07CountTwiceSerially::main, "1000");
    var inProcesses = run(E08CountTwiceInTwoProcesses::main, "1000");

    assertThat(serially).hasSize(3).startsWith("counted to 1000", "counted to 1000");
    assertThat(serially.getLast()).startsWith("one after the other in ");
    assertThat(inProcesses).hasSize(3).startsWith("counted to 1000", "counted to 1000");
    assertThat(inProcesses.getLast()).startsWith("in two processes in ");
  }

  @Test
  void thumbnailsAreMadeInOrderOneAfterTheOther() throws Exception {
    var lines = run(E09ThumbnailsOneAfterTheOther::main, "90");

    assertThat(lines).hasSize(7);
    assertThatThumbnailsAreThere(lines.getFirst());
    assertThat(lines.subList(1, 6)).isEqualTo(THUMBNAILS);
    assertThat(lines.getLast()).startsWith("one after the other in ");
  }

  @Test
  void thumbnailsAreMadeInAnyOrderByProcesses() throws Exception {
    var lines = run(E10ThumbnailsInAProcessEach::main, "90");

    assertThat(lines).hasSize(7);
    assertThatThumbnailsAreThere(lines.getFirst());
    assertThat(lines.subList(1, 6)).containsExactlyInAnyOrderElementsOf(THUMBNAILS);
    assertThat(lines.getLast()).startsWith("a process each in ");
  }

  @Test
  void thumbnailsAreMadeByAPool() throws Exception {
    var lines = run(E21ThumbnailsByAPool::main, "90");

    assertThat(lines).hasSize(8);
    assertThatThumbnailsAreThere(lines.getFirst());
    assertThat(lines.subList(1, 6).stream().map(ExamplesTest::withoutWorker))
        .containsExactlyInAnyOrderElementsOf(THUMBNAILS);
    assertThat(lines.get(6)).isEqualTo(THUMBNAILS.toString());
    assertThat(lines.getLast()).startsWith("by a pool in ");
  }

  @Test
  void exceptionsLeaveNoOrphans() throws Exception {
    assertThat(run(E22ExceptionsLeaveNoOrphans::main))
        .containsExactly(
            "the child failed: java.lang.ArithmeticException: / by zero",
            "the pool's task failed: java.lang.ArithmeticException: / by zero",
            "another: 3",
            "the parent failed: we went wrong ourselves",
            "children left: 0");
  }

  @Test
  void poolsSquare() throws Exception {
    assertThat(run(E11PoolOfFiveSquares::main)).containsExactly("[1, 4, 9]");
    assertThat(run(E16PoolOfFourAsABlock::main))
        .containsExactly("[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]");
  }

  @Test
  void bobIsGreeted() throws Exception {
    assertThat(run(E12HelloBob::main)).containsExactly("hello bob");
  }

  @Test
  void childNamesItsParent() throws Exception {
    var lines = run(E13ProcessInfo::main);
    var pid = ProcessHandle.current().pid();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("the parent: class " + E13ProcessInfo.class.getName())
        .endsWith(", process " + pid);
    assertThat(lines.get(1))
        .startsWith("the child: ")
        .contains(", parent process " + pid + ",")
        .doesNotEndWith(", process " + pid);
  }

  @Test
  void threeChunksMakeTheWholeSum() throws Exception {
    assertThat(run(E14SumInThreeChunks::main))
        .containsExactly("[45150, 135150, 320200] make 500500");
  }

  @Test
  void workerPrintsBeforeAndAfterItsSleep() throws Exception {
    assertThat(run(E15WorkerThatSleeps::main, "10"))
        .containsExactly("worker starts", "worker ends", "worker is done");
  }

  /// Whether processes get in each other's way is up to the machine: it may take several runs.
  @Test
  void raceLosesAndAtomicAdditionDoesNot() throws Exception {
    var lost = new ArrayList<Long>();
    do {
      var lines = run(E17SharedValueAndArray::main);

      assertThat(lines).hasSize(3);
      lost.add(lostIn(lines.getFirst()));
      assertThat(lines.get(1)).isEqualTo("add atomically: 200000");
      assertThat(lines.get(2)).isEqualTo("[2, 3, 4, 5, 6]");
    } while (lost.getLast() == 0 && lost.size() < 20);

    assertThat(lost).allMatch(count -> count >= 0).anyMatch(count -> count > 0);
  }

  private static long lostIn(String line) {
    var race = RACE.matcher(line);
    assertThat(race.matches()).as(line).isTrue();
    var lost = Long.parseLong(race.group(2));
    assertThat(Long.parseLong(race.group(1)) + lost).isEqualTo(200_000);
    return lost;
  }

  @Test
  void tenProcessesTakeTurnsUnderTheLock() throws Exception {
    var line = run(E19TenProcessesUnderALock::main).getFirst();

    assertThat(line).startsWith("10 after ");
    assertThat(secondsIn(line)).isGreaterThan(10 * 0.1);
  }

  @Test
  void printsOfAPoolReachTheParent() throws Exception {
    var lines = run(E20PoolThatPrints::main);

    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> line.startsWith("[worker-"))
        .extracting(ExamplesTest::withoutWorker)
        .containsExactlyInAnyOrder(
            "1 squared is 1",
            "2 squared is 4",
            "3 squared is 9",
            "4 squared is 16",
            "5 squared is 25");
    assertThat(lines.getLast()).isEqualTo("[1, 4, 9, 16, 25]");
  }

  @Test
  void runnersWaitForTheGunAndShareTwoPlaces() throws Exception {
    assertThat(run(E23StartingGunAndTwoPlaces::main))
        .containsExactly(
            "finished before the gun: 0",
            "finished: 5",
            "never more than two at once: true",
            "places left: 2");
  }

  @Test
  void managerKeepsWhatTwoProcessesCount() throws Exception {
    assertThat(run(E24WordsInAManager::main))
        .containsExactly("{a=3, is=2, rose=3} of 8 words", "lines read: 2");
  }

  @Test
  void wrongKeyIsRefusedAndShortBufferLosesNothing() throws Exception {
    assertThat(run(E25ListenerWithAKey::main))
        .containsExactly(
            "the listener refuses our key",
            "the message has 14 bytes, the buffer 4: hello over TCP",
            "goodbye");
  }

  @Test
  void terminatedChildCleansUpAndKilledOneDoesNot() throws Exception {
    assertThat(run(E26TimeoutsAndSignals::main))
        .containsExactly(
            "up in time: true",
            "ended by itself: false",
            "cleaning up",
            "terminated: 143",
            "up in time: true",
            "ended by itself: false",
            "killed: 137");
  }

  @Test
  void drawerWaitsUntilEnoughIsPaidIn() throws Exception {
    assertThat(run(E27AccountWithACondition::main)).containsExactly("drawn: 3", "left: 1");
  }
}
