package dev.multijvm.multiprocessing.internal.shared;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Access to words in shared memory: each handle takes a segment and an offset in bytes.
///
/// Everything lies on a multiple of its size, so that every access mode is there and atomic between
/// processes as it is between threads.
public final class Words {
  /// 4 bytes.
  public static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  /// 8 bytes.
  public static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  /// What two processes write at the same time lies this far apart: two cache lines, because the
  /// processor fetches them in pairs.
  public static final int APART = 128;

  private Words() {}
}
