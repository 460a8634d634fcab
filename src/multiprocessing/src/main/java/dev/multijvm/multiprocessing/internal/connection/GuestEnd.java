package dev.multijvm.multiprocessing.internal.connection;

import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.ANSWER_BYTES;
import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.CLAIM;
import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.TAKEN;

import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An end of a pipe that has travelled: a socket to the exchange of the pipe's creator, which from
/// the first use on is the line to the other end.
final class GuestEnd extends PipeEnd {
  private static final long serialVersionUID = 1L;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final transient PipeTicket ticket;
  private final transient ReentrantLock lock = new ReentrantLock();

  /// Tells the creator that somebody holds this end; null before, or if that failed.
  private transient @Nullable Line line;

  private transient volatile @Nullable LineConnection connection;
  private transient volatile boolean closed;

  GuestEnd(PipeTicket ticket) {
    super(ticket.index(), ticket.directions());
    this.ticket = ticket;
  }

  /// Lets the creator know. What goes wrong is told to whoever uses the end.
  void hold() {
    lock.lock();
    try {
      line();
    } catch (IOException _) {
      // The first use tries again.
    } finally {
      lock.unlock();
    }
  }

  @Override
  LineConnection connected(Deadline deadline) throws IOException {
    var connection = this.connection;
    return connection != null ? connection : claim();
  }

  @Override
  void write(Frame.Kind kind, ByteBuffer message) throws IOException {
    connected(Deadline.NEVER).write(kind, message);
  }

  private LineConnection claim() throws IOException {
    Locks.acquire(lock);
    try {
      if (connection == null) {
        connection = claimLocked();
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  private LineConnection claimLocked() throws IOException {
    if (closed) {
      throw new SocketException("this end of the pipe has been closed");
    }
    var deadline = Deadline.after(PATIENCE);
    var answer = ByteBuffer.allocate(ANSWER_BYTES);
    try {
      line().write(ByteBuffer.wrap(new byte[] {CLAIM}), deadline);
      line().readFully(answer, deadline);
    } catch (EOFException e) {
      throw over(e);
    }
    if (answer.flip().get() == TAKEN) {
      throw new IllegalStateException(
          "this end of the pipe is used by process " + answer.getLong());
    }
    return new LineConnection(line(), CODEC, MESSAGE_LIMIT_BYTES);
  }

  private EOFException over(IOException cause) {
    var over =
        new EOFException("the pipe made by process " + ticket.creatorPid() + " is no longer there");
    over.initCause(cause);
    return over;
  }

  private Line line() throws IOException {
    if (line == null) {
      var fresh = Dialer.connectLocally(ticket.address());
      fresh.write(ticket.hello(), Deadline.NEVER);
      line = fresh;
    }
    return line;
  }

  @Override
  PipeTicket ticket() throws NotSerializableException {
    if (closed || connection != null) {
      throw new NotSerializableException(
          "an end of a pipe that is " + (closed ? "closed" : "in use") + " in this process");
    }
    return ticket;
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      if (line != null) {
        line.close();
      }
    } finally {
      lock.unlock();
    }
    PipeEnds.forget(ticket.pipe(), ticket.index());
  }
}
