package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.internal.connection.Seat.Use;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A pipe as its creator sees it: two seats, and the rules by which who uses them gets connected.
///
/// An end belongs to the first process that uses it. One that is used here is connected straight to
/// the socket of the process that uses the other; if both have left, a [Relay] joins them.
final class PipeHome {
  /// What was posted fits into a new socket's buffer, so this is never used up.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UUID pipe;
  private final List<Seat> seats = List.of(new Seat(), new Seat());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  PipeHome(UUID pipe) {
    this.pipe = pipe;
  }

  UUID pipe() {
    return pipe;
  }

  /// Begins to use an end here and waits until it is connected.
  ///
  /// @return null if the deadline passed before
  @Nullable LineConnection connected(int index, Deadline deadline) throws IOException {
    var seat = seats.get(index);
    var connection = seat.connection;
    if (connection != null) {
      return connection;
    }
    return useHere(index) ? awaitConnection(index, deadline) : indirect(index).connected(deadline);
  }

  /// Begins to use an end here; keeps the message if the other end is not in use yet and the
  /// message is short, else waits until it is.
  ///
  /// @return null if the message was kept
  @Nullable LineConnection connectedOrPosted(int index, Frame.Kind kind, ByteBuffer message)
      throws IOException {
    var seat = seats.get(index);
    if (seat.connection == null && useHere(index)) {
      Locks.acquire(lock);
      try {
        requirePeer(index);
        if (seat.connection == null && seat.post(kind, message)) {
          return null;
        }
      } finally {
        lock.unlock();
      }
    }
    return connected(index, Deadline.NEVER);
  }

  /// @return false if the end has to be reached through the exchange, because the creator uses the
  ///   other one as well
  private boolean useHere(int index) throws IOException {
    lock.lock();
    try {
      var seat = seats.get(index);
      var other = seats.get(1 - index);
      if (seat.closedHere) {
        throw new SocketException("this end of the pipe has been closed");
      }
      if (seat.use == Use.AWAY && seat.indirect == null) {
        throw new IllegalStateException("this end of the pipe is used by process " + seat.awayPid);
      }
      if (seat.use == Use.FREE
          && seat.indirect == null
          && (other.use == Use.HERE || other.hasPosted())) {
        seat.indirect = new GuestEnd(newTicket(index, PipeDirections.BOTH));
      }
      if (seat.indirect != null) {
        return false;
      }
      if (seat.use == Use.FREE) {
        seat.use = Use.HERE;
        join();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private GuestEnd indirect(int index) {
    lock.lock();
    try {
      var indirect = seats.get(index).indirect;
      if (indirect == null) {
        throw new AssertionError("only for an end that is reached through the exchange");
      }
      return indirect;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LineConnection awaitConnection(int index, Deadline deadline)
      throws IOException {
    var seat = seats.get(index);
    Locks.acquire(lock);
    try {
      while (seat.connection == null) {
        requirePeer(index);
        if (deadline.passed()) {
          return null;
        }
        changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      }
      return seat.connection;
    } catch (InterruptedException e) {
      throw Locks.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private void requirePeer(int index) throws IOException {
    var other = seats.get(1 - index);
    if (seats.get(index).closedHere) {
      throw new SocketException("this end of the pipe has been closed");
    }
    if (other.isDeserted()) {
      throw new EOFException("whoever held the other end of the pipe has ended without using it");
    }
    if (other.use == Use.CLOSED) {
      throw new EOFException("the other end of the pipe has been closed");
    }
  }

  /// @throws NotSerializableException if the end is in use, or closed
  PipeTicket handOver(int index, PipeDirections directions) throws IOException {
    lock.lock();
    try {
      var seat = seats.get(index);
      if (seat.closedHere || seat.use != Use.FREE || seat.indirect != null) {
        throw new NotSerializableException(
            seat.closedHere
                ? "an end of a pipe that has been closed"
                : "an end of a pipe that is in use: ends travel before they are first used");
      }
      var ticket = newTicket(index, directions);
      seat.handedOver = true;
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  private PipeTicket newTicket(int index, PipeDirections directions) throws IOException {
    return Exchange.here().ticket(this, index, directions);
  }

  /// Closes the creator's copy of an end, which is all there is unless it was handed over.
  void close(int index) throws IOException {
    var seat = seats.get(index);
    lock.lock();
    try {
      if (seat.closedHere) {
        return;
      }
      seat.closedHere = true;
      if (seat.indirect != null) {
        seat.indirect.close(); // which nobody notices if it had not called yet
      }
      if (seat.use == Use.HERE || (seat.use == Use.FREE && !seat.handedOver)) {
        seat.use = Use.CLOSED;
        if (seat.connection != null) {
          seat.connection.close();
        }
        join();
      }
      changed.signalAll();
      if (seats.stream().noneMatch(each -> each.use == Use.FREE || each.use == Use.HERE)) {
        Exchange.forget(pipe);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A process has got a ticket for an end.
  void arrived(int index) {
    lock.lock();
    try {
      seats.get(index).arrived();
    } finally {
      lock.unlock();
    }
  }

  /// It has ended, or closed the end, without using it.
  void left(int index) throws IOException {
    lock.lock();
    try {
      seats.get(index).left();
      join();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// A holder of a ticket wants to use its end; it is told whether it may.
  ///
  /// @return whether the channel is now the pipe's
  boolean claim(int index, SocketChannel channel, long pid) throws IOException {
    lock.lock();
    try {
      var seat = seats.get(index);
      if (seat.use != Use.FREE) {
        var user = seat.use == Use.AWAY ? seat.awayPid : ProcessHandle.current().pid();
        channel.write(PipeTicket.taken(user));
        return false;
      }
      channel.write(PipeTicket.granted());
      seat.left();
      seat.use = Use.AWAY;
      seat.away = channel;
      seat.awayPid = pid;
      join();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Connects whom can be connected, after a change.
  private void join() throws IOException {
    joinAway(seats.get(0), seats.get(1));
    joinAway(seats.get(1), seats.get(0));
  }

  private void joinAway(Seat seat, Seat other) throws IOException {
    var channel = other.away;
    if (channel == null) {
      return;
    }
    switch (seat.use) {
      case FREE -> {
        if (seat.isDeserted()) {
          other.away = null;
          channel.close();
        }
      }
      case HERE -> {
        other.away = null;
        try {
          seat.connection = connect(seat, channel);
        } catch (IOException | RuntimeException | Error e) {
          other.use = Use.CLOSED; // nobody will be connected any more
          throw e;
        } finally {
          changed.signalAll();
        }
      }
      case AWAY -> {
        var peer = seat.away;
        if (peer != null) {
          seat.away = null;
          other.away = null;
          Relay.start(channel, peer);
          Exchange.forget(pipe);
        }
      }
      case CLOSED -> {
        other.away = null;
        connect(seat, channel).close();
      }
    }
  }

  private static LineConnection connect(Seat seat, SocketChannel channel) throws IOException {
    try {
      var line = new Line(channel);
      send(seat.posted(), line);
      return new LineConnection(line, PipeEnd.CODEC, PipeEnd.MESSAGE_LIMIT_BYTES);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static void send(ByteBuffer posted, Line line) {
    try {
      line.write(posted, Deadline.after(PATIENCE));
    } catch (IOException _) {
      // The guest has ended meanwhile, as whoever uses this connection will find.
    }
  }
}
