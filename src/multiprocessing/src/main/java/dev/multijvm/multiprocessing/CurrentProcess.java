package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.child.ProcessName;

/// The process that this code runs in.
public final class CurrentProcess {
  private CurrentProcess() {}

  /// The name it was started with; `main` if this library did not start it.
  public static String name() {
    String name = ProcessName.get();
    return name == null ? "main" : name;
  }

  /// Whether this library started it.
  public static boolean isChild() {
    return ProcessName.get() != null;
  }

  /// Its process id.
  public static long pid() {
    return ProcessHandle.current().pid();
  }

  /// The process id of its parent; 0 if that is in another pid namespace, as in a container.
  public static long parentPid() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }
}
