package dev.multijvm.multiprocessing;

import java.io.Serial;

/// Stands for an exception of a task that could not travel as itself, because it or something it
/// holds is not serializable or its class is not known here. Keeps what can be kept: the name of
/// its class, its message, its stack trace and, as text, the whole chain of causes.
public final class RemoteException extends MultiprocessingException {
  @Serial private static final long serialVersionUID = 1L;

  /// The name of the class of the exception that the task threw.
  private final String remoteClassName;

  /// The remote stack trace as [Throwable#printStackTrace()] writes it, causes included.
  private final String remoteStackTrace;

  /// Stands in for what the task threw.
  ///
  /// @param remoteClassName the name of the class of the exception that the task threw
  /// @param remoteDescription what its `toString` said
  /// @param remoteStackTrace its stack trace as text, causes included
  public RemoteException(
      String remoteClassName, String remoteDescription, String remoteStackTrace) {
    super(remoteDescription);
    this.remoteClassName = remoteClassName;
    this.remoteStackTrace = remoteStackTrace;
  }

  /// The name of the class of the exception that the task threw.
  public String remoteClassName() {
    return remoteClassName;
  }

  /// The remote stack trace as [Throwable#printStackTrace()] writes it, causes included.
  public String remoteStackTrace() {
    return remoteStackTrace;
  }
}
