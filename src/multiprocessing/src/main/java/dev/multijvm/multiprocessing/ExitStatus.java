package dev.multijvm.multiprocessing;

/// How a process ended, as far as the kernel's word reaches us.
///
/// The JDK reports a process that a signal ended as 128 plus the signal, which is also what a
/// process may return by itself. Where nothing else tells the two apart the status is
/// [SignalOrExit].
public sealed interface ExitStatus {

  /// The status as the JDK and a shell show it: the exit code, or 128 plus the signal.
  int code();

  /// Whether the process ended by itself with code 0.
  default boolean isSuccess() {
    return code() == 0;
  }

  /// It ended by itself.
  ///
  /// @param code what it passed to `System.exit` or `Runtime.halt`, modulo 256
  record Exit(int code) implements ExitStatus {
    @Override
    public String toString() {
      return "exit " + code;
    }
  }

  /// A signal ended it: it was killed by us, or its JVM crashed and left a crash file.
  ///
  /// @param signal the signal's number, such as 9 for SIGKILL
  record Signal(int signal) implements ExitStatus {
    @Override
    public int code() {
      return 128 + signal;
    }

    @Override
    public String toString() {
      return "signal " + signal;
    }
  }

  /// Either a signal ended it, or it returned 128 plus that number by itself.
  ///
  /// @param signal the signal's number, if it was a signal
  record SignalOrExit(int signal) implements ExitStatus {
    @Override
    public int code() {
      return 128 + signal;
    }

    @Override
    public String toString() {
      return "signal " + signal + " or exit " + code();
    }
  }
}
