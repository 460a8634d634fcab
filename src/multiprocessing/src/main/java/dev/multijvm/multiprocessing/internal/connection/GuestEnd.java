package dev.multijvm.multiprocessing.internal.connection;

import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.ANSWER_BYTES;
import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.CLAIM;
import static dev.multijvm.multiprocessing.internal.connection.PipeTicket.TAKEN;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.NotSerializableException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
  private transient volatile @Nullable Line line;

  /// The exchange's answer to our claim, or what has arrived of it; null before the claim was sent.
  /// A second claim would reach the peer as part of a message.
  private transient @Nullable ByteBuffer answer;

  /// When there should be an answer. Written with the claim.
  private transient Deadline answerDeadline = Deadline.NEVER;

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
  @Nullable LineConnection connected(Deadline deadline) throws IOException {
    var connection = this.connection;
    return connection != null ? connection : claim(deadline);
  }

  @Override
  void write(Frame.Kind kind, ByteBuffer message) throws IOException {
    var connection = connected(Deadline.NEVER);
    if (connection == null) {
      throw new AssertionError("an endless wait has ended");
    }
    connection.write(kind, message);
  }

  private @Nullable LineConnection claim(Deadline deadline) throws IOException {
    if (!Locks.acquire(lock, deadline)) {
      return null;
    }
    try {
      if (connection == null) {
        connection = claimLocked(deadline);
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LineConnection claimLocked(Deadline deadline) throws IOException {
    if (closed) {
      throw new SocketException("this end of the pipe has been closed");
    }
    var answer = awaitAnswer(deadline);
    if (answer == null) {
      return null;
    }
    if (answer.get(0) == TAKEN) {
      throw new IllegalStateException(
          "this end of the pipe is used by process " + answer.getLong(1));
    }
    return new LineConnection(line(), CODEC, MESSAGE_LIMIT_BYTES);
  }

  /// An interrupt or the deadline may end the wait; whoever comes next goes on waiting.
  ///
  /// @return null if the deadline passed before
  private @Nullable ByteBuffer awaitAnswer(Deadline deadline) throws IOException {
    try {
      var line = line();
      if (answer == null) {
        say(line, ByteBuffer.wrap(new byte[] {CLAIM}));
        answer = ByteBuffer.allocate(ANSWER_BYTES);
        answerDeadline = Deadline.after(PATIENCE);
      }
      if (line.fill(answer, deadline.orEarlier(answerDeadline))) {
        return answer;
      }
      if (answerDeadline.passed()) {
        throw new EOFException("it has not answered in time");
      }
      return null;
    } catch (EOFException e) {
      throw over(e);
    }
  }

  /// The socket is there as long as its creator; a lack of descriptors here passes.
  private Line connect() throws IOException {
    try {
      return Dialer.connectLocally(ticket.address());
    } catch (ConnectException e) {
      throw over(e);
    } catch (SocketException e) {
      throw Files.exists(ticket.address().getPath()) ? e : over(e);
    }
  }

  /// So few bytes never wait, so that only a creator that is gone cannot be told them.
  private void say(Line line, ByteBuffer words) throws IOException {
    try {
      line.write(words, Deadline.after(PATIENCE));
    } catch (SocketException | InterruptedIOException e) {
      throw e; // closed here, or interrupted
    } catch (IOException e) {
      throw over(e);
    }
  }

  private EOFException over(IOException cause) {
    var over =
        new EOFException("the pipe made by process " + ticket.creatorPid() + " is no longer there");
    over.initCause(cause);
    return over;
  }

  private Line line() throws IOException {
    var known = line;
    if (known != null) {
      return known;
    }
    var fresh = connect();
    try {
      say(fresh, ticket.hello());
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
    line = fresh;
    if (closed) {
      fresh.close(); // `close` came too early to see it
    }
    return fresh;
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
    var line = this.line; // without the lock, whose holder may be waiting for an answer
    if (line != null) {
      line.close();
    }
    PipeEnds.forget(ticket.pipe(), ticket.index());
  }
}
