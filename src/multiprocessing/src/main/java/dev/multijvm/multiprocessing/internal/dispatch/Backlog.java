package dev.multijvm.multiprocessing.internal.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The tasks that wait for a worker, in the order in which they are to start, and the callers that
/// wait for room to add one. Guarded by the pool's lock.
final class Backlog {
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private final PoolState state;
  private final int capacity;
  private final Condition room;

  Backlog(ReentrantLock lock, PoolState state, int capacity) {
    this.state = state;
    this.capacity = capacity;
    this.room = lock.newCondition();
  }

  int size() {
    return tasks.size();
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  boolean isFull() {
    return tasks.size() >= capacity;
  }

  /// Waits until a task may be added. Releases the lock meanwhile.
  ///
  /// @return false if `timeoutNanos` passed before
  /// @throws RejectedExecutionException if the pool takes no tasks
  boolean awaitRoom(long timeoutNanos) throws InterruptedException {
    state.requireOpen();
    long left = timeoutNanos;
    while (isFull()) {
      if (left <= 0) {
        return false;
      }
      left = room.awaitNanos(left);
      state.requireOpen();
    }
    return true;
  }

  /// Makes all who wait for room look again whether the pool takes tasks.
  void wakeSubmitters() {
    room.signalAll();
  }

  void add(Task task) {
    tasks.add(task);
  }

  /// Puts back a task that was sent, before all others. It waited here before, so it needs no room.
  void putBack(Task task) {
    tasks.addFirst(task);
  }

  /// The task that waits longest; there must be one.
  Task first() {
    return tasks.element();
  }

  void removeFirst() {
    tasks.remove();
    room.signal();
  }

  void remove(Task task) {
    if (tasks.remove(task)) {
      room.signal();
    }
  }

  /// Removes the parts of `whole`.
  void removeAllOf(Object whole) {
    tasks.removeIf(task -> task.belongsTo(whole));
    room.signalAll();
  }

  List<Task> removeAll() {
    var removed = new ArrayList<>(tasks);
    tasks.clear();
    room.signalAll();
    return removed;
  }
}
