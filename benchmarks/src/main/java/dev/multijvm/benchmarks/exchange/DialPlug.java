package dev.multijvm.benchmarks.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.multijvm.multiprocessing.Connection;
import java.io.IOException;
import java.net.SocketAddress;

/// Calls a listener of [Transport].
///
/// @param address where it listens
public record DialPlug(SocketAddress address) implements Plug {

  @Override
  public Line line() throws IOException {
    var key = Transport.KEY.getBytes(UTF_8);
    return new ConnectionLine(Connection.connect(address, key, Transport.BYTES_ONLY));
  }
}
