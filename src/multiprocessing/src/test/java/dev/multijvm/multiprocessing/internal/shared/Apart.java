package dev.multijvm.multiprocessing.internal.shared;

import java.io.IOException;

/// What this process shares with itself: a file that it maps a second time, as another participant.
public final class Apart {
  private Apart() {}

  /// Maps `file` again, with a ticket of its own.
  public static SharedFile open(SharedFile file) throws IOException {
    return SharedFile.openApart(file.kind(), file.path());
  }
}
