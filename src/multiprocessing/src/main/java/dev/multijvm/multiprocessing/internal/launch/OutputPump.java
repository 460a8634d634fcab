package dev.multijvm.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Reads one stream of a child to its end, so that the child never blocks on a full pipe.
///
/// A daemon thread each: reading a pipe blocks in the kernel, and a virtual thread would pin its
/// carrier.
final class OutputPump extends Thread {
  /// Where the bytes go.
  interface Sink {
    void accept(byte[] bytes, int offset, int length);

    /// There will be no more for now.
    void end();
  }

  private static final int STACK_BYTES = 256 << 10;

  private final InputStream source;
  private final Sink sink;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  private OutputPump(String name, InputStream source, Sink sink) {
    super(null, null, name, STACK_BYTES, false);
    this.source = source;
    this.sink = sink;
    setDaemon(true);
  }

  static OutputPump start(String name, InputStream source, Sink sink) {
    OutputPump pump = new OutputPump(name, source, sink);
    pump.start();
    return pump;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[8 << 10];
    try {
      for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
        sink.accept(buffer, 0, n);
      }
    } catch (IOException e) {
      // The stream was closed under us because the child has ended: what came before is what there
      // is.
    } finally {
      sink.end();
      end.complete(null);
    }
  }

  /// Completes, in this thread, when the stream has ended: with the child, or because the child
  /// closed it.
  CompletableFuture<@Nullable Void> end() {
    return end;
  }

  /// Waits until the stream has ended or `patience` is over. A grandchild that inherited the stream
  /// can keep it open long after the child's end; then this thread stays until that one ends, and
  /// waits for nobody.
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!join(patience)) {
      sink.end();
    }
  }
}
