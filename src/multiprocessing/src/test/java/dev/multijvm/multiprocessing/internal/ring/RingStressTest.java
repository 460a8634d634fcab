package dev.multijvm.multiprocessing.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.Stress;
import dev.multijvm.multiprocessing.TestChild;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A litmus test of the two rings, in two processes that map one file and never sleep: a task that
/// this side withdraws is never run by the other, and one that it does not withdraw is run once,
/// with the body that was sent.
@Tag("stress")
@Timeout(600)
class RingStressTest {
  private static final long SEED = 20_261_121;
  private static final int TASKS = Stress.times(1_000_000);
  private static final int LONGEST_BODY = 200;
  private static final int RESULT = 7;
  private static final int END = 8;

  @Test
  void taskIsEitherWithdrawnOrRunOnceAndItsBytesAreWhole() throws Exception {
    var file = Scratch.createFile("litmus", RingPair.FILE_SIZE);
    String path = file.toString();
    long parent = ProcessHandle.current().pid();
    try (var child = TestChild.start(new Worker(path, parent));
        var rings = RingPair.map(file)) {
      var tasks = rings.taskWriter();
      var results = rings.resultReader();
      var withdrawn = new BitSet(TASKS);
      var run = new BitSet(TASKS);
      var random = new Random(SEED);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(500);
      for (int task = 0; task <= TASKS; task++) {
        byte[] body = body(task);
        int kind = task < TASKS ? Ring.QUEUED : END;
        long position;
        while ((position = tasks.offer(kind, task, body, body.length)) < 0) {
          take(results, run);
          assertThat(System.nanoTime()).isLessThan(deadline);
        }
        tasks.publish();
        if (kind == Ring.QUEUED && random.nextInt(4) == 0) {
          for (int spins = random.nextInt(60); spins > 0; spins--) {
            Thread.onSpinWait();
          }
          withdrawn.set(task, tasks.withdraw(position));
        }
        take(results, run);
      }
      while (!run.get(TASKS)) {
        take(results, run);
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      child.join();

      System.out.printf("%d tasks, %d of them withdrawn%n", TASKS, withdrawn.cardinality());
      assertThat(withdrawn.intersects(run)).isFalse();
      assertThat(withdrawn.cardinality() + run.cardinality()).isEqualTo(TASKS + 1);
      assertThat(withdrawn.cardinality()).isBetween(1, TASKS - 1);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static byte[] body(int task) {
    byte[] body = new byte[(int) (task * 31L % LONGEST_BODY)];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (task + i);
    }
    return body;
  }

  private static void take(RingReader results, BitSet run) {
    while (results.hasNext()) {
      int task = (int) results.sequence();
      assertThat(run.get(task)).as("task %d was run before", task).isFalse();
      assertThat(results.size()).as("bad bytes of task %d", task).isZero();
      run.set(task);
      results.advance();
      results.release();
    }
  }

  private record Worker(String path, long parent) implements TestChild.Job {
    @Override
    public void run() throws Exception {
      ParentWatch.arm(parent);
      runAll(path);
    }
  }

  /// In the child: runs what was not withdrawn, and answers with the number of bytes that are
  /// wrong.
  private static void runAll(String path) throws Exception {
    try (var rings = RingPair.map(Path.of(path))) {
      var tasks = rings.taskReader();
      var results = rings.resultWriter();
      boolean isOver = false;
      while (!isOver) {
        while (!tasks.hasNext()) {
          Thread.onSpinWait();
        }
        int task = (int) tasks.sequence();
        isOver = tasks.kind() == END;
        if (isOver || tasks.start()) {
          byte[] wrong = new byte[wrongBytes(task, tasks)];
          while (results.offer(RESULT, task, wrong, wrong.length) < 0) {
            Thread.onSpinWait();
          }
          results.publishResult(task + 1);
        }
        tasks.advance();
        tasks.release();
      }
    }
  }

  private static int wrongBytes(int task, RingReader tasks) {
    byte[] expected = body(task);
    byte[] seen = tasks.body();
    int wrong = Math.abs(tasks.size() - expected.length);
    for (int i = 0; i < expected.length; i++) {
      wrong += seen[i] == expected[i] ? 0 : 1;
    }
    return wrong;
  }
}
