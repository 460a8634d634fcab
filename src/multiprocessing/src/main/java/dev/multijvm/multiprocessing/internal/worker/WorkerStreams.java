package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/// The `System.out` and `System.err` of a worker: they flush each line, cannot be closed, and never
/// write the byte that is a bell to the parent. Its `System.in` is empty.
final class WorkerStreams {
  private static final int BUFFER_SIZE = 8192;

  private WorkerStreams() {}

  private static final Buffer OUT = new Buffer(FileDescriptor.out);
  private static final Buffer ERR = new Buffer(FileDescriptor.err);

  static void install() {
    System.setIn(InputStream.nullInputStream());
    System.setOut(new Lines(OUT, System.out.charset()));
    System.setErr(new Lines(ERR, System.err.charset()));
  }

  /// Writes what has no end of line yet.
  static void flush() {
    OUT.flushIfUsed();
    ERR.flushIfUsed();
  }

  private static final class Lines extends PrintStream {
    Lines(Buffer buffer, Charset charset) {
      super(buffer, true, charset);
    }

    @Override
    public void close() {
      flush();
    }
  }

  private static final class Buffer extends BufferedOutputStream {
    Buffer(FileDescriptor descriptor) {
      super(new WithoutBells(new FileOutputStream(descriptor)), BUFFER_SIZE);
    }

    /// Looks without a lock first: most tasks print nothing.
    void flushIfUsed() {
      if (count > 0) {
        try {
          flush();
        } catch (IOException _) {
          // Somebody closed the descriptor; a PrintStream says nothing about that either.
        }
      }
    }
  }

  /// Leaves out the zero bytes, which text does not have.
  private static final class WithoutBells extends OutputStream {
    private final FileOutputStream file;

    WithoutBells(FileOutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      if ((byte) b != Message.BELL) {
        file.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int end = offset + count;
      int start = offset;
      for (int i = offset; i < end; i++) {
        if (bytes[i] == Message.BELL) {
          file.write(bytes, start, i - start);
          start = i + 1;
        }
      }
      file.write(bytes, start, end - start);
    }
  }
}
