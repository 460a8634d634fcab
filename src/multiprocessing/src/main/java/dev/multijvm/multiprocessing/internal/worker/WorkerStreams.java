package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/// The `System.out` and `System.err` of a worker: they flush each line, cannot be closed, and never
/// write the byte that is a bell to the parent.
final class WorkerStreams {
  private static final int BUFFER_SIZE = 8192;

  private WorkerStreams() {}

  static void install() {
    System.setOut(stream(FileDescriptor.out, System.out));
    System.setErr(stream(FileDescriptor.err, System.err));
  }

  private static PrintStream stream(FileDescriptor descriptor, PrintStream replaced) {
    var file = new WithoutBells(new FileOutputStream(descriptor));
    return new PrintStream(new BufferedOutputStream(file, BUFFER_SIZE), true, replaced.charset()) {
      @Override
      public void close() {
        flush();
      }
    };
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
