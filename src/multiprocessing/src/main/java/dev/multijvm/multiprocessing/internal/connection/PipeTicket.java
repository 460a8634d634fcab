package dev.multijvm.multiprocessing.internal.connection;

import java.io.Serializable;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.UUID;

/// The form in which an end of a pipe travels: who holds it may use that end.
///
/// @param exchange the path of the socket at which its creator brings the two ends together
/// @param creatorPid the process that made the pipe
/// @param pipe known to nobody but those who got a ticket
/// @param index which of the two ends
/// @param directions what it may be used for
record PipeTicket(String exchange, long creatorPid, UUID pipe, int index, PipeDirections directions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /// What a holder says first to the exchange: mark, pipe, index, its own pid.
  static final int HELLO_BYTES = Integer.BYTES + 2 * Long.BYTES + 1 + Long.BYTES;

  static final int HELLO_MARK = 0x6d6a7031;

  /// What it says when it begins to use the end.
  static final byte CLAIM = 'C';

  /// What the exchange answers: whether it may, and if not, the pid of the process that does.
  static final int ANSWER_BYTES = 1 + Long.BYTES;

  static final byte GRANTED = 0;
  static final byte TAKEN = 1;

  static ByteBuffer granted() {
    return ByteBuffer.allocate(ANSWER_BYTES).put(GRANTED).putLong(0).flip();
  }

  static ByteBuffer taken(long userPid) {
    return ByteBuffer.allocate(ANSWER_BYTES).put(TAKEN).putLong(userPid).flip();
  }

  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(exchange);
  }

  ByteBuffer hello() {
    return ByteBuffer.allocate(HELLO_BYTES)
        .putInt(HELLO_MARK)
        .putLong(pipe.getMostSignificantBits())
        .putLong(pipe.getLeastSignificantBits())
        .put((byte) index)
        .putLong(ProcessHandle.current().pid())
        .flip();
  }

  private Object readResolve() {
    return PipeEnds.arrived(this);
  }
}
