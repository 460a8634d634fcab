package dev.multijvm.multiprocessing.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The tasks that one worker has, in the order in which they were sent, which is the order of their
/// results. A task's sequence is its place.
///
/// Written by who holds the pool's lock, read by who holds the worker's drain lock; the results
/// that the reader looks up are those of tasks that were added before.
final class InFlight {
  /// The most tasks a worker may have; a power of two.
  static final int CAPACITY = 4096;

  private final AtomicReferenceArray<@Nullable Task> tasks = new AtomicReferenceArray<>(CAPACITY);

  /// Written with the drain lock, or while nothing is in flight.
  private volatile long head;

  /// Written with the pool's lock.
  private volatile long tail;

  boolean hasRoom() {
    return tail - head < CAPACITY;
  }

  /// Adds a task and gives it its sequence. To be done before the task is sent: its result may be
  /// quick.
  void add(Task task) {
    long sequence = tail;
    task.sequence = sequence;
    tasks.setRelease(index(sequence), task);
    tail = sequence + 1;
  }

  /// Takes back what was added last and could not be sent.
  void removeLast() {
    long sequence = tail - 1;
    tail = sequence;
    tasks.setRelease(index(sequence), null);
  }

  /// Takes the task of `sequence` and forgets those before it, which were withdrawn. With the drain
  /// lock.
  @Nullable Task take(long sequence) {
    if (sequence < head || sequence >= tail) {
      return null;
    }
    for (long i = head; i < sequence; i++) {
      tasks.setRelease(index(i), null);
    }
    var task = tasks.getAndSet(index(sequence), null);
    head = sequence + 1;
    return task;
  }

  /// Whether `task` has no result that was handled. With the pool's lock.
  boolean has(Task task) {
    return task.equals(tasks.getAcquire(index(task.sequence)));
  }

  /// Forgets a task that was withdrawn. With the pool's lock.
  void remove(Task task) {
    tasks.compareAndSet(index(task.sequence), task, null);
  }

  /// Forgets those that were withdrawn, when there are no others. With the pool's lock; then nobody
  /// takes one, because all results have come.
  void forgetWithdrawn() {
    head = tail;
  }

  /// Those without a result, the last first. With the pool's lock.
  List<Task> latestFirst() {
    var list = new ArrayList<Task>();
    for (long i = tail - 1; i >= head; i--) {
      var task = tasks.getAcquire(index(i));
      if (task != null) {
        list.add(task);
      }
    }
    return list;
  }

  private static int index(long sequence) {
    return (int) (sequence & (CAPACITY - 1));
  }
}
