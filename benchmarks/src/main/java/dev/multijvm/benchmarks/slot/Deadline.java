package dev.multijvm.benchmarks.slot;

import java.time.Duration;

/// Kills the processes of a slot that does not end in time, again and again until it is closed.
final class Deadline implements AutoCloseable {
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final SlotMark mark;
  private final Duration duration;
  private final Thread watcher;
  private volatile boolean passed;

  Deadline(Duration duration, SlotMark mark) {
    this.duration = duration;
    this.mark = mark;
    watcher = Thread.ofPlatform().name("slot-deadline").daemon().start(this::watch);
  }

  private void watch() {
    try {
      Thread.sleep(duration);
      passed = true;
      while (true) {
        mark.processes().forEach(ProcessHandle::destroyForcibly);
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException _) {
      // Closed: the slot has ended.
    }
  }

  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
