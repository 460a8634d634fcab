package dev.multijvm.multiprocessing.internal.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/// Joins the two ends of a pipe that have both left the process that made it. Each direction has a
/// thread of its own, which nobody else can interrupt.
final class Relay implements Runnable {
  private final SocketChannel from;
  private final SocketChannel to;

  /// Whether one of the two directions has come to its end; both have the same.
  private final AtomicBoolean halfOver;

  private Relay(SocketChannel from, SocketChannel to, AtomicBoolean halfOver) {
    this.from = from;
    this.to = to;
    this.halfOver = halfOver;
  }

  /// @param one belongs to the relay from now on
  /// @param other belongs to the relay from now on
  static void start(SocketChannel one, SocketChannel other) throws IOException {
    var halfOver = new AtomicBoolean();
    var there = new Relay(one, other, halfOver);
    var back = new Relay(other, one, halfOver);
    try {
      one.configureBlocking(true);
      other.configureBlocking(true);
      run(there);
      run(back);
    } catch (IOException | RuntimeException | Error e) {
      there.closeBoth(); // half a relay is none
      throw e;
    }
  }

  private static void run(Relay relay) {
    Thread.ofPlatform().daemon().name("multijvm relay").start(relay);
  }

  /// Copies to the end of the sender; then its peer, too, reads the end. If the receiver is gone
  /// the sender must notice, so both are closed, as they are when both directions are over.
  @Override
  public void run() {
    try {
      copy();
      to.shutdownOutput();
      if (halfOver.getAndSet(true)) {
        closeBoth();
      }
    } catch (IOException | OutOfMemoryError _) {
      // The receiver has gone, or there is no memory to copy with.
      closeBoth();
    }
  }

  private void copy() throws IOException {
    var block = ByteBuffer.allocateDirect(FrameReader.BLOCK_BYTES);
    while (from.read(block) >= 0) {
      block.flip();
      while (block.hasRemaining()) {
        to.write(block);
      }
      block.clear();
    }
  }

  private void closeBoth() {
    try (from;
        to) {
      // Closing is all there is to do.
    } catch (IOException _) {
      // They are closed in any case.
    }
  }
}
