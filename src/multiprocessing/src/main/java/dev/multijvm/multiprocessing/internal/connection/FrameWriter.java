package dev.multijvm.multiprocessing.internal.connection;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes messages to a line, one after the other, through a buffer that stays in the cache.
final class FrameWriter {
  private final Line line;
  private final int limitBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ByteBuffer block;

  FrameWriter(Line line, int limitBytes) {
    this.line = line;
    this.limitBytes = limitBytes;
  }

  /// Writes a message whole, or nothing, or nothing ever again. Unless it was written, the buffer
  /// stays as it was.
  void write(Frame.Kind kind, ByteBuffer message) throws IOException {
    if (message.remaining() > limitBytes) {
      throw new IOException(
          "the message has " + message.remaining() + " bytes, the limit is " + limitBytes);
    }
    Locks.acquire(lock);
    try {
      var block = block();
      block.clear();
      new Frame(kind, message.remaining()).putHeader(block);
      writeInBlocks(block, message.slice());
      message.position(message.limit());
    } finally {
      lock.unlock();
    }
  }

  private void writeInBlocks(ByteBuffer block, ByteBuffer message) throws IOException {
    var length = message.remaining();
    var started = false;
    try {
      do {
        var part = Math.min(block.remaining(), message.remaining());
        block.put(message.slice(message.position(), part)).flip();
        message.position(message.position() + part);
        try {
          line.write(block, Deadline.NEVER);
        } finally {
          started |= block.position() > 0;
        }
        block.clear();
      } while (message.hasRemaining());
    } catch (InterruptedIOException e) {
      throw started ? cutOff(length, e) : e;
    } catch (IOException e) {
      if (started) {
        line.endOutput(); // as below; what the peer has sent can still be received
      }
      throw e;
    } catch (RuntimeException | Error e) {
      if (started) {
        line.close(); // the peer would take the next message for the rest of this one
      }
      throw e;
    }
  }

  private InterruptedIOException cutOff(int length, InterruptedIOException cause) {
    line.close();
    var cutOff =
        new InterruptedIOException(
            "interrupted inside a message of "
                + length
                + " bytes that the peer was slow to take; the connection is closed");
    cutOff.initCause(cause);
    return cutOff;
  }

  private ByteBuffer block() {
    if (block == null) {
      block = ByteBuffer.allocateDirect(FrameReader.BLOCK_BYTES);
    }
    return block;
  }
}
