package dev.multijvm.multiprocessing.internal.ring;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The two rings between a pool and one worker, in one file: tasks one way, results the other.
public final class RingPair implements AutoCloseable {
  /// Bytes of the file.
  public static final long FILE_SIZE = 2L * Ring.SIZE_IN_MEMORY;

  private final Arena arena;
  private final ByteBuffer tasks;
  private final ByteBuffer results;

  private RingPair(Arena arena, ByteBuffer memory) {
    this.arena = arena;
    tasks = memory.slice(0, Ring.SIZE_IN_MEMORY);
    results = memory.slice(Ring.SIZE_IN_MEMORY, Ring.SIZE_IN_MEMORY);
  }

  /// Maps the file, which has [#FILE_SIZE] zero bytes at first. It may be deleted once both sides
  /// have mapped it.
  public static RingPair map(Path file) throws IOException {
    var arena = Arena.ofShared();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_SIZE, arena);
      return new RingPair(arena, memory.asByteBuffer());
    } catch (IOException problem) {
      arena.close();
      throw problem;
    }
  }

  public RingWriter taskWriter() {
    return new RingWriter(tasks);
  }

  public RingReader taskReader() {
    return new RingReader(tasks);
  }

  public RingWriter resultWriter() {
    return new RingWriter(results);
  }

  public RingReader resultReader() {
    return new RingReader(results);
  }

  /// Unmaps both rings; nobody may touch them any more.
  @Override
  public void close() {
    arena.close();
  }
}
