package dev.multijvm.benchmarks.workload;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/// Tasks that are handed over together: one operation of a benchmark.
///
/// @param tasks what to run, in this order where there is one
public record Batch(List<? extends Workload> tasks) {

  public Batch {
    tasks = List.copyOf(tasks);
  }

  /// Returns a batch of `count` equal tasks.
  public static Batch of(int count, Workload task) {
    return new Batch(Collections.nCopies(count, task));
  }

  /// Runs all tasks and returns the sum of their answers: the measured operation in every mode.
  ///
  /// @throws ExecutionException if a task failed; its cause says why
  /// @throws InterruptedException if interrupted while waiting
  public long run(ExecutorService executor) throws ExecutionException, InterruptedException {
    long sum = 0;
    for (var future : executor.invokeAll(tasks)) {
      sum += future.get();
    }
    return sum;
  }

  /// Compares what [#run] returned with what is known.
  ///
  /// @throws WrongAnswerException if they differ
  public void check(long seen) {
    check(seen, 1);
  }

  /// Compares the sum of what `times` calls of [#run] returned with what is known.
  ///
  /// @throws WrongAnswerException if they differ
  public void check(long seen, int times) {
    long expected = times * tasks.stream().mapToLong(Workload::answer).sum();
    if (seen != expected) {
      throw new WrongAnswerException(tasks.getFirst().kernel(), expected, seen);
    }
  }
}
