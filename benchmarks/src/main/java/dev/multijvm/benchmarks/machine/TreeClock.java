package dev.multijvm.benchmarks.machine;

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
import java.util.List;
import java.util.Optional;

/// CPU time of this process and of those that descend from it, to the nanosecond, in all their
/// threads, those that have ended too. For a tree that rests: who comes later is not in it, and who
/// ends makes reading fail.
///
/// A system call for each process reads it. `/proc` has it in hundredths of a second, or in a file
/// for each thread, and the code that reads hundreds of those is compiled sooner or later, for
/// which the compiler takes more than all that rest.
///
/// @see <a href="https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html">
///   clock_getcpuclockid(3)</a>
public final class TreeClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final int program;
  private final List<Integer> workers;

  private TreeClock(ProcessHandle self) {
    program = clockOf(self.pid());
    workers = self.descendants().map(worker -> clockOf(worker.pid())).toList();
  }

  /// What was used so far.
  ///
  /// @param programNanos by this process
  /// @param workersNanos by all others together
  public record Used(long programNanos, long workersNanos) {
    /// What was used after `before`.
    public Used since(Used before) {
      return new Used(programNanos - before.programNanos, workersNanos - before.workersNanos);
    }

    /// By all of them.
    public long nanos() {
      return programNanos + workersNanos;
    }
  }

  /// The clock of those that are there now; empty where there is none, which is elsewhere than on
  /// Linux.
  public static Optional<TreeClock> here() {
    return System.getProperty("os.name").equals("Linux")
        ? Optional.of(new TreeClock(ProcessHandle.current()))
        : Optional.empty();
  }

  /// Reads how much the processes have used so far.
  ///
  /// @throws IllegalStateException if one of them has ended
  public Used read() {
    try (var arena = Arena.ofConfined()) {
      var time = arena.allocate(Call.TIMESPEC);
      long workersNanos = 0;
      for (int worker : workers) {
        workersNanos += nanos(worker, time);
      }
      return new Used(nanos(program, time), workersNanos);
    }
  }

  private static long nanos(int clock, MemorySegment time) {
    check("clock_gettime", clock, call(Call.TIME, clock, time));
    return (long) Call.SECONDS.get(time, 0L) * NANOS_PER_SECOND + (long) Call.NANOS.get(time, 0L);
  }

  private static int clockOf(long pid) {
    try (var arena = Arena.ofConfined()) {
      var clock = arena.allocate(ValueLayout.JAVA_INT);
      check("clock_getcpuclockid", pid, call(Call.CLOCK, (int) pid, clock));
      return clock.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private static int call(MethodHandle function, int number, MemorySegment answer) {
    try {
      return (int) function.invokeExact(number, answer);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall threw a checked exception", e);
    }
  }

  private static void check(String function, long number, int status) {
    if (status != 0) {
      throw new IllegalStateException(function + "(" + number + ") failed with " + status);
    }
  }

  /// What is linked on first use.
  private static final class Call {
    static final StructLayout TIMESPEC =
        MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("seconds"), ValueLayout.JAVA_LONG.withName("nanos"));
    static final VarHandle SECONDS = TIMESPEC.varHandle(PathElement.groupElement("seconds"));
    static final VarHandle NANOS = TIMESPEC.varHandle(PathElement.groupElement("nanos"));

    static final MethodHandle CLOCK = link("clock_getcpuclockid");
    static final MethodHandle TIME = link("clock_gettime");

    private Call() {}

    /// Both take a number and where the answer goes, and return 0 if there is one.
    @SuppressWarnings("restricted") // Native access is among the arguments of every fork.
    private static MethodHandle link(String function) {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(function),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
  }
}
