package dev.multijvm.multiprocessing.internal.child;

import org.jspecify.annotations.Nullable;

/// How this process was called by the one that started it.
public final class ProcessName {
  /// Written once, at the start of a child, before any user code.
  private static volatile @Nullable String name;

  private ProcessName() {}

  /// The name; `null` in a process that was not started by this library.
  public static @Nullable String get() {
    return name;
  }

  /// Called once, by a child's `main`.
  public static void set(String given) {
    name = given;
  }
}
