package dev.multijvm.multiprocessing.internal.ring;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/// A ring with the memory of its first record only, in a file that is mapped twice: what is written
/// at one address is read at another, as between two processes.
final class SmallRing {
  private static final int SIZE = Ring.RECORDS + 128;

  /// Rings before the memory of the first is used again: more than jcstress has at a time.
  private static final int COUNT = 1 << 15;

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final ByteBuffer WRITTEN;
  private static final ByteBuffer READ;

  static {
    try {
      var file = Scratch.createFile("litmus", (long) SIZE * COUNT);
      WRITTEN = map(file);
      READ = map(file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final RingWriter writer;
  final RingReader reader;

  SmallRing() {
    int offset = Math.floorMod(NEXT.getAndIncrement(), COUNT) * SIZE;
    WRITTEN.put(offset, new byte[SIZE]);
    writer = new RingWriter(WRITTEN.slice(offset, SIZE));
    reader = new RingReader(READ.slice(offset, SIZE));
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SIZE * COUNT);
    }
  }
}
