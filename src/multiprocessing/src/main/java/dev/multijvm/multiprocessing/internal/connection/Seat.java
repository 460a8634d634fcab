package dev.multijvm.multiprocessing.internal.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// What the creator of a pipe knows about one of its ends. Guarded by the pipe's lock, but for the
/// connection.
final class Seat {
  /// What is sent before the other end is in use may wait here.
  private static final int OUTBOX_BYTES = 64 << 10;

  enum Use {
    /// Nobody has used it yet.
    FREE,
    /// The creator uses it.
    HERE,
    /// The holder of a ticket uses it.
    AWAY,
    /// It was closed here, and no ticket for it exists.
    CLOSED
  }

  Use use = Use.FREE;

  /// Whether there may be tickets for this end.
  boolean handedOver;

  /// Whether the creator has closed its own copy.
  boolean closedHere;

  /// Processes that have a ticket and have not used it.
  private int holders;

  private boolean everHeld;

  /// The socket of the process that uses this end, until it is joined to the other one.
  @Nullable SocketChannel away;

  long awayPid;

  /// For an end that is used here while the other one is, too: they meet as guests would.
  @Nullable GuestEnd indirect;

  /// What an end that is used here sends and receives through; written once.
  volatile @Nullable LineConnection connection;

  private @Nullable ByteArrayOutputStream outbox;

  void arrived() {
    holders++;
    everHeld = true;
  }

  void left() {
    holders--;
  }

  /// Whether all who held a ticket have ended without using it.
  boolean isDeserted() {
    return use == Use.FREE && everHeld && holders == 0;
  }

  /// Keeps a message for the other end.
  ///
  /// @return false if there is no room
  boolean post(Frame.Kind kind, ByteBuffer message) {
    if (outbox == null) {
      outbox = new ByteArrayOutputStream();
    }
    if (outbox.size() + Frame.HEADER_BYTES + (long) message.remaining() > OUTBOX_BYTES) {
      return false;
    }
    var frame = ByteBuffer.allocate(Frame.HEADER_BYTES + message.remaining());
    new Frame(kind, message.remaining()).putHeader(frame);
    outbox.writeBytes(frame.put(message).array());
    return true;
  }

  boolean hasPosted() {
    return outbox != null;
  }

  /// Takes what was posted, all of it at once.
  ByteBuffer posted() {
    var bytes = outbox == null ? new byte[0] : outbox.toByteArray();
    outbox = null;
    return ByteBuffer.wrap(bytes);
  }
}
