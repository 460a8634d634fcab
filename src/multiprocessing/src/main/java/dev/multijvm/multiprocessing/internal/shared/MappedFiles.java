package dev.multijvm.multiprocessing.internal.shared;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Mapping of whole files.
public final class MappedFiles {
  private MappedFiles() {}

  /// Maps all of `file` for reading and writing, until `arena` is closed.
  ///
  /// An interrupt closes the channel; it is put aside meanwhile.
  public static MemorySegment map(Path file, Arena arena) throws IOException {
    var interrupted = Thread.interrupted();
    try {
      while (true) {
        try (var channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
