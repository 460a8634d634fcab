package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.BufferTooShortException;
import dev.multijvm.multiprocessing.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads messages from a line. What has arrived of a message is kept when the reader is interrupted
/// or runs out of time, and whoever reads next goes on from there.
final class FrameReader {
  private static final System.Logger LOGGER = System.getLogger(Connection.class.getPackageName());

  static final int BLOCK_BYTES = 1 << 16;

  private final Line line;
  private final int limitBytes;
  private final ReentrantLock lock = new ReentrantLock();

  /// Bytes that were read ahead, between position and limit; null before the first message.
  private @Nullable ByteBuffer ahead;

  /// The message under way; null between messages.
  private @Nullable Frame frame;

  /// The part of it that was set aside, up to the buffer's position; null if nothing was.
  private @Nullable ByteBuffer body;

  FrameReader(Line line, int limitBytes) {
    this.line = line;
    this.limitBytes = limitBytes;
  }

  /// Waits for the next message.
  ///
  /// @throws IllegalStateException if it is of another kind
  byte[] read(Frame.Kind kind) throws IOException {
    Locks.acquire(lock);
    try {
      expect(kind);
      return readBody();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next message, which must consist of bytes, and puts it into a buffer.
  int readInto(ByteBuffer target) throws IOException {
    Locks.acquire(lock);
    try {
      var length = expect(Frame.Kind.BYTES).length();
      if (length > target.remaining()) {
        throw new BufferTooShortException(readBody(), target.remaining());
      }
      if (body != null) {
        target.put(readBody());
      } else {
        readStraightInto(target, length);
      }
      return length;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a message is here to its last byte, or the peer has ended.
  ///
  /// @return false if the deadline has passed
  boolean await(Deadline deadline) throws IOException {
    if (!Locks.acquire(lock, deadline)) {
      return false;
    }
    try {
      var frame = awaitFrame(deadline);
      return frame != null && fill(setAside(frame.length()), deadline);
    } catch (EOFException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Frame expect(Frame.Kind kind) throws IOException {
    var frame = awaitFrame(Deadline.NEVER);
    if (frame == null) {
      throw new AssertionError("an endless wait has ended");
    }
    if (frame.kind() != kind) {
      throw new IllegalStateException(
          switch (frame.kind()) {
            case BYTES -> "the next message was sent as bytes: use receiveBytes or receiveInto";
            case OBJECT -> "the next message was sent as an object: use receive";
          });
    }
    return frame;
  }

  private @Nullable Frame awaitFrame(Deadline deadline) throws IOException {
    if (frame == null) {
      var ahead = ahead();
      while (ahead.remaining() < Frame.HEADER_BYTES) {
        if (!readAhead(deadline)) {
          return null;
        }
      }
      frame = checkedFrame(ahead);
    }
    return frame;
  }

  /// After a header that makes no sense, or too much, nothing else on this line can be believed.
  private Frame checkedFrame(ByteBuffer ahead) throws IOException {
    try {
      var frame = Frame.getHeader(ahead);
      if (frame.length() > limitBytes) {
        throw new StreamCorruptedException(
            "the peer announces " + frame.length() + " bytes, the limit is " + limitBytes);
      }
      return frame;
    } catch (StreamCorruptedException e) {
      giveUp();
      LOGGER.log(Level.WARNING, () -> "closed a connection: " + e.getMessage());
      throw e;
    }
  }

  private boolean readAhead(Deadline deadline) throws IOException {
    var ahead = ahead();
    ahead.compact();
    try {
      var count = line.read(ahead, deadline);
      if (count < 0) {
        throw new EOFException(
            ahead.position() == 0 && frame == null
                ? "the peer has closed the connection"
                : "the peer has ended inside a message");
      }
      return count > 0;
    } finally {
      ahead.flip();
    }
  }

  @SuppressWarnings("ByteBufferBackingArray") // made by setAside, which allocates an array
  private byte[] readBody() throws IOException {
    var body = setAside(frame == null ? 0 : frame.length());
    if (!fill(body, Deadline.NEVER)) {
      throw new AssertionError("an endless wait has ended");
    }
    this.body = null;
    frame = null;
    return body.array();
  }

  private ByteBuffer setAside(int length) {
    if (body == null) {
      body = ByteBuffer.allocate(length);
    }
    return body;
  }

  private void readStraightInto(ByteBuffer target, int length) throws IOException {
    var window = target.slice(target.position(), length);
    try {
      fillOrSetAside(window);
    } catch (RuntimeException | Error e) {
      if (window.position() > 0) {
        giveUp(); // that part of the message is lost
      }
      throw e;
    }
    target.position(target.position() + length);
    frame = null;
  }

  private void fillOrSetAside(ByteBuffer window) throws IOException {
    try {
      if (!fill(window, Deadline.NEVER)) {
        throw new AssertionError("an endless wait has ended");
      }
    } catch (IOException e) {
      setAside(window.limit()).put(window.duplicate().flip());
      throw e;
    }
  }

  /// Reads nothing more, not even what was read ahead.
  private void giveUp() {
    line.close();
    ahead().clear().flip();
  }

  private boolean fill(ByteBuffer target, Deadline deadline) throws IOException {
    var ahead = ahead();
    while (true) {
      var part = Math.min(ahead.remaining(), target.remaining());
      target.put(ahead.slice(ahead.position(), part));
      ahead.position(ahead.position() + part);
      if (!target.hasRemaining()) {
        return true;
      }
      if (!readAhead(deadline)) {
        return false;
      }
    }
  }

  private ByteBuffer ahead() {
    if (ahead == null) {
      ahead = ByteBuffer.allocateDirect(BLOCK_BYTES).flip();
    }
    return ahead;
  }
}
