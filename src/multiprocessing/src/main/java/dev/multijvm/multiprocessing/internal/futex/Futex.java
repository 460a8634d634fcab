package dev.multijvm.multiprocessing.internal.futex;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system call that puts a thread to sleep on a word which several processes map.
///
/// It is linked when somebody first sleeps or wakes, which costs some 30 milliseconds once; whether
/// it may be used is known before, see [#isAvailable].
///
/// @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
public final class Futex {

  /// The count that makes [#wake] wake everybody.
  public static final int ALL = Integer.MAX_VALUE;

  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ETIMEDOUT = 110;

  private static final long NUMBER = number();
  private static final boolean AVAILABLE =
      NUMBER >= 0 && Futex.class.getModule().isNativeAccessEnabled();

  private Futex() {}

  /// Whether this JVM may sleep and wake: Linux on x86-64 or AArch64, with native access enabled.
  ///
  /// Native access which was not asked for on the command line counts as refused, because using it
  /// would print a warning into the user's output.
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /// Sleeps until another process wakes the word, unless it no longer holds `expected`.
  ///
  /// The downcall holds the segment: nobody can unmap it meanwhile. A platform thread is not woken
  /// by an interrupt; for a virtual thread, which would hold its carrier, another one sleeps.
  ///
  /// @param word 4 bytes at `offset`, 4-aligned, in memory that all waiters map
  /// @param expected the value seen when the caller decided to sleep
  /// @param timeoutNanos relative, on the monotonic clock; at least 1
  /// @throws InterruptedException if a virtual thread is interrupted
  public static void await(MemorySegment word, long offset, int expected, long timeoutNanos)
      throws InterruptedException {
    if (Thread.currentThread().isVirtual()) {
      Sleepers.await(word, offset, expected, timeoutNanos);
    } else {
      sleep(word, offset, expected, timeoutNanos);
    }
  }

  /// As [#await], in the kernel on the current thread. May return early for no reason.
  static void sleep(MemorySegment word, long offset, int expected, long timeoutNanos) {
    try (var arena = Arena.ofConfined()) {
      var timeout = arena.allocate(Call.TIMESPEC);
      Call.SECONDS.set(timeout, 0L, timeoutNanos / 1_000_000_000);
      Call.NANOS.set(timeout, 0L, timeoutNanos % 1_000_000_000);
      var errno = arena.allocate(Call.STATE);
      if (call(errno, word, offset, WAIT, expected, timeout) < 0) {
        var error = (int) Call.ERRNO.get(errno, 0L);
        if (error != EAGAIN && error != EINTR && error != ETIMEDOUT) {
          throw failure("FUTEX_WAIT", offset, expected, error);
        }
      }
    }
  }

  /// Wakes up to `count` sleepers of the word, in whatever process they are.
  ///
  /// @return how many were woken
  public static int wake(MemorySegment word, long offset, int count) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Call.STATE);
      var woken = call(errno, word, offset, WAKE, count, MemorySegment.NULL);
      if (woken < 0) {
        throw failure("FUTEX_WAKE", offset, count, (int) Call.ERRNO.get(errno, 0L));
      }
      return (int) woken;
    }
  }

  private static long call(
      MemorySegment errno,
      MemorySegment word,
      long offset,
      int operation,
      int value,
      MemorySegment timeout) {
    try {
      return (long)
          Call.SYSCALL.invokeExact(
              errno, NUMBER, word.asSlice(offset, 4), operation, value, timeout);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall threw a checked exception", e);
    }
  }

  private static IllegalStateException failure(String name, long offset, int value, int errno) {
    return new IllegalStateException(
        "futex(offset %d, %s, %d) failed with errno %d".formatted(offset, name, value, errno));
  }

  /// The number of the system call, -1 where there is none or we do not know it.
  private static long number() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return -1;
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> 202;
      case "aarch64" -> 98;
      default -> -1;
    };
  }

  /// What is linked on first use. Never `critical`: a call that waits would hold up safepoints.
  private static final class Call {
    static final StructLayout TIMESPEC =
        MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("seconds"), ValueLayout.JAVA_LONG.withName("nanos"));
    static final VarHandle SECONDS = TIMESPEC.varHandle(PathElement.groupElement("seconds"));
    static final VarHandle NANOS = TIMESPEC.varHandle(PathElement.groupElement("nanos"));
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    static final MethodHandle SYSCALL = link();

    private Call() {}

    @SuppressWarnings("restricted") // Only reached where native access was enabled.
    private static MethodHandle link() {
      var linker = Linker.nativeLinker();
      var signature =
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS);
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("syscall"),
          signature,
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
    }
  }
}
