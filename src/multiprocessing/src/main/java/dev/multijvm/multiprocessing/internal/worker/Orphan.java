package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.launch.ParentWatch;

/// The end of a worker whose pool has gone, or whose streams somebody closed.
final class Orphan {
  private Orphan() {}

  static void halt() {
    Runtime.getRuntime().halt(ParentWatch.ORPHANED);
  }
}
