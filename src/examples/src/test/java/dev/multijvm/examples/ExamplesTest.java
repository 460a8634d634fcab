package dev.multijvm.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs each program, with its real child JVMs, and reads what it prints.
@Timeout(60)
class ExamplesTest {
  private static final Pattern SECONDS = Pattern.compile("in (\\d+\\.\\d{3}) s");

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

  @Test
  void timeTakenBeforeJoiningLies() throws Exception {
    var lines = run(E01TwoSleepersNotJoined::main);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("still alive: true, true");
    assertThat(secondsIn(lines.get(2))).isGreaterThan(0.5);
    assertThat(secondsIn(lines.getFirst())).isLessThan(secondsIn(lines.get(2)));
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
    assertThat(run(E05EvenNumbersThroughAQueue::main)).containsExactly("0", "2", "4", "6", "8");
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
  void lockIsGivenOnceAndReleasedOnce() throws Exception {
    assertThat(run(E06LockTakenWithoutWaiting::main))
        .containsExactly(
            "taken: true", "taken by another process: false", "released", "not ours to release");
  }

  @Test
  void countingGivesTheSameSeriallyAndInProcesses() throws Exception {
    assertThat(run(E07CountTwiceSerially::main, "1000"))
        .startsWith("counted to 1000", "counted to 1000")
        .hasSize(3);
    assertThat(run(E08CountTwiceInTwoProcesses::main, "1000"))
        .startsWith("counted to 1000", "counted to 1000")
        .hasSize(3);
  }

  @Test
  void thumbnailsAreMadeInOrderOneAfterTheOther() throws Exception {
    assertThat(run(E09ThumbnailsOneAfterTheOther::main, "90"))
        .startsWith(
            "thumbnail-of-picture-1.png",
            "thumbnail-of-picture-2.png",
            "thumbnail-of-picture-3.png",
            "thumbnail-of-picture-4.png",
            "thumbnail-of-picture-5.png");
  }

  @Test
  void thumbnailsAreMadeInAnyOrderByProcesses() throws Exception {
    var lines = run(E10ThumbnailsInAProcessEach::main, "90");

    assertThat(lines.subList(0, 5))
        .containsExactlyInAnyOrder(
            "thumbnail-of-picture-1.png",
            "thumbnail-of-picture-2.png",
            "thumbnail-of-picture-3.png",
            "thumbnail-of-picture-4.png",
            "thumbnail-of-picture-5.png");
    assertThat(lines.getLast()).startsWith("a process each in ");
  }

  @Test
  void thumbnailsAreMadeByAPool() throws Exception {
    var lines = run(E21ThumbnailsByAPool::main, "90");

    assertThat(lines.subList(0, 5).stream().map(line -> line.replaceFirst("\\[worker-\\d\\] ", "")))
        .containsExactlyInAnyOrder(
            "thumbnail-of-picture-1.png",
            "thumbnail-of-picture-2.png",
            "thumbnail-of-picture-3.png",
            "thumbnail-of-picture-4.png",
            "thumbnail-of-picture-5.png");
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
    assertThat(lines.getFirst()).startsWith("the parent: ").endsWith(", process " + pid);
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

  @Test
  void atomicAdditionLosesNothing() throws Exception {
    var lines = run(E17SharedValueAndArray::main, "100000");

    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("read, add, write back: ");
    assertThat(lines.get(1)).isEqualTo("add atomically: 200000");
    assertThat(lines.get(2)).isEqualTo("[2, 3, 4, 5, 6]");
  }

  @Test
  void tenProcessesTakeTurnsUnderTheLock() throws Exception {
    assertThat(run(E19TenProcessesUnderALock::main, "20").getFirst()).startsWith("10 after ");
  }

  @Test
  void printsOfAPoolReachTheParent() throws Exception {
    assertThat(run(E20PoolThatPrints::main))
        .hasSize(6)
        .anyMatch(line -> line.endsWith("1 squared is 1"))
        .anyMatch(line -> line.endsWith("5 squared is 25"));
  }
}
