package dev.multijvm.multiprocessing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one task may cost. Immutable; start from [#defaults()] and change what differs.
///
/// A task with a timeout is sent only to a worker that is ready and has nothing else to do, and
/// nothing is sent behind it, so its clock starts when it starts.
///
/// @param softTimeout after this time the task is interrupted, and what it then returns or throws
///   counts; null for never
/// @param hardTimeout after this time the worker is killed and replaced, and the future fails with
///   [java.util.concurrent.TimeoutException]; null for never
/// @param retries how often the task may be started again after its worker died, unless that was
///   killed by the hard timeout or for a cancellation. Anything but 0 declares the task idempotent:
///   it may run more than once
public record TaskOptions(
    @Nullable Duration softTimeout, @Nullable Duration hardTimeout, int retries) {
  private static final TaskOptions DEFAULTS = new TaskOptions(null, null, 0);

  public TaskOptions {
    requirePositive("softTimeout", softTimeout);
    requirePositive("hardTimeout", hardTimeout);
    if (softTimeout != null && hardTimeout != null && softTimeout.compareTo(hardTimeout) > 0) {
      throw new IllegalArgumentException(
          "softTimeout " + softTimeout + " must not exceed hardTimeout " + hardTimeout);
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries must not be negative: " + retries);
    }
  }

  private static void requirePositive(String name, @Nullable Duration duration) {
    if (duration != null && !duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }

  /// No timeouts, no retries.
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /// Interrupts the task after `timeout`.
  public TaskOptions withSoftTimeout(Duration timeout) {
    return new TaskOptions(timeout, hardTimeout, retries);
  }

  /// Kills the task's worker after `timeout`.
  public TaskOptions withHardTimeout(Duration timeout) {
    return new TaskOptions(softTimeout, timeout, retries);
  }

  /// Declares the task idempotent and starts it again up to `retries` times if its worker dies.
  public TaskOptions withRetries(int retries) {
    return new TaskOptions(softTimeout, hardTimeout, retries);
  }
}
