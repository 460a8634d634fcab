package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The ends of pipes that this process knows. All copies of an end that arrive here are the same
/// object.
public final class PipeEnds {
  private record Key(UUID pipe, int index) {}

  private static final ConcurrentHashMap<Key, PipeEnd> KNOWN = new ConcurrentHashMap<>();

  private PipeEnds() {}

  /// A new pipe of which both ends send and receive.
  public static List<Connection> duplex() {
    return pair(PipeDirections.BOTH, PipeDirections.BOTH);
  }

  /// A new pipe of which the first end receives what the second sends.
  public static List<Connection> oneWay() {
    return pair(PipeDirections.RECEIVE, PipeDirections.SEND);
  }

  private static List<Connection> pair(PipeDirections first, PipeDirections second) {
    var home = new PipeHome(UUID.randomUUID());
    var ends = List.of(new HomeEnd(home, 0, first), new HomeEnd(home, 1, second));
    ends.forEach(end -> KNOWN.put(new Key(home.pipe(), end.index()), end));
    return List.copyOf(ends);
  }

  /// The end for which a ticket has arrived. If it is new here, its creator is told that this
  /// process holds it.
  static PipeEnd arrived(PipeTicket ticket) {
    var key = new Key(ticket.pipe(), ticket.index());
    var known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    var guest = new GuestEnd(ticket);
    var earlier = KNOWN.putIfAbsent(key, guest);
    if (earlier != null) {
      return earlier;
    }
    guest.hold();
    return guest;
  }

  static void forget(UUID pipe, int index) {
    KNOWN.remove(new Key(pipe, index));
  }
}
