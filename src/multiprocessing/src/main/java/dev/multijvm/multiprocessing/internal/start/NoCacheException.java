package dev.multijvm.multiprocessing.internal.start;

import java.io.Serial;

/// There cannot be a cache here; the message is the reason, in a few words.
final class NoCacheException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  NoCacheException(String reason) {
    super(reason, null, false, false);
  }
}
