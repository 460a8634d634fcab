package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/// The worker's end of its socket to the pool. A thread reads it: its end is the end of the pool,
/// so this process halts, whatever it does. Another thread writes, because a thread that user code
/// can interrupt would close the socket by touching it.
final class WorkerLink {
  /// The exit status of a worker that lost its pool.
  private static final int ORPHANED = 3;

  private final SocketChannel channel;
  private final TaskRunner runner;
  private final LinkedBlockingQueue<ByteBuffer> outbox = new LinkedBlockingQueue<>();

  private WorkerLink(SocketChannel channel, TaskRunner runner) {
    this.channel = channel;
    this.runner = runner;
  }

  static WorkerLink connect(BootRecord boot, TaskRunner runner) throws IOException {
    var channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(boot.linkPath())));
    writeFully(channel, ByteBuffer.wrap(boot.token()));
    var link = new WorkerLink(channel, runner);
    link.start("multijvm-link-reader", new Reader(link));
    link.start("multijvm-link-writer", new Writer(link));
    return link;
  }

  private void start(String name, Runnable body) {
    var thread = new Thread(null, body, name, 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  /// Sends a message, in the order of the calls. Does not wait.
  void send(byte kind, long sequence, Encoder body) {
    var message =
        ByteBuffer.allocate(Integer.BYTES + Message.HEADER_SIZE + body.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(Message.HEADER_SIZE + body.size()).put(kind).putLong(sequence);
    message.put(body.array(), 0, body.size()).flip();
    outbox.add(message);
  }

  private static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private record Writer(WorkerLink link) implements Runnable {
    @Override
    public void run() {
      try {
        while (true) {
          writeFully(link.channel, link.outbox.take());
        }
      } catch (IOException | InterruptedException _) {
        Runtime.getRuntime().halt(ORPHANED);
      }
    }
  }

  private record Reader(WorkerLink link) implements Runnable {
    @Override
    public void run() {
      try {
        while (true) {
          link.receive();
        }
      } catch (IOException _) {
        Runtime.getRuntime().halt(ORPHANED);
      }
    }
  }

  private void receive() throws IOException {
    int size = new Decoder(read(Integer.BYTES)).readInt();
    byte[] message = read(size);
    var in = new Decoder(message);
    byte kind = in.readByte();
    long sequence = in.readLong();
    if (kind == Message.CANCEL) {
      runner.cancel(sequence);
    } else {
      runner.deliver(kind, sequence, in);
    }
  }

  private byte[] read(int count) throws IOException {
    var bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the pool has gone");
      }
    }
    return bytes.array();
  }
}
