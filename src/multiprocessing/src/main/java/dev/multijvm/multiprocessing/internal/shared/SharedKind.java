package dev.multijvm.multiprocessing.internal.shared;

import java.util.Locale;

/// What lies in a shared file.
public enum SharedKind {
  MEMORY(1),
  LONG(2),
  DOUBLE(3),
  LONG_ARRAY(4),
  DOUBLE_ARRAY(5),
  LOCK(6),
  SEMAPHORE(7),
  EVENT(8),
  BARRIER(9),
  QUEUE(10);

  private final int code;

  SharedKind(int code) {
    this.code = code;
  }

  /// What stands for it in the file.
  int code() {
    return code;
  }

  /// How the names of its files begin.
  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
