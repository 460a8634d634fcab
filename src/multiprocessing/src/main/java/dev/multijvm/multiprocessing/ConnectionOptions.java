package dev.multijvm.multiprocessing;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [Connection] to or from a [Listener] accepts.
///
/// @param filter which classes may be received as objects. Required over a network, where it is an
///   allow-list: a class on which it does not decide is refused. Null, on one machine only, leaves
///   it to the JVM's own filter, which holds in any case
/// @param messageLimitBytes the longest message sent or received; a peer that announces a longer
///   one is cut off before any memory is set aside for it
/// @param handshakeTimeout how long each side may take to prove that it holds the key
public record ConnectionOptions(
    @Nullable ObjectInputFilter filter, int messageLimitBytes, Duration handshakeTimeout) {

  private static final ConnectionOptions DEFAULTS =
      new ConnectionOptions(null, 256 << 20, Duration.ofSeconds(10));

  /// Checks the values.
  public ConnectionOptions {
    Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
    if (messageLimitBytes < 1) {
      throw new IllegalArgumentException(
          "messageLimitBytes must be positive: " + messageLimitBytes);
    }
    if (!handshakeTimeout.isPositive()) {
      throw new IllegalArgumentException("handshakeTimeout must be positive: " + handshakeTimeout);
    }
  }

  /// No filter of its own, messages of up to 256 MiB, ten seconds.
  public static ConnectionOptions defaults() {
    return DEFAULTS;
  }

  /// These options with another filter, for example
  /// `ObjectInputFilter.Config.createFilter("java.base/*;com.example.Order;!*")`.
  public ConnectionOptions withFilter(ObjectInputFilter filter) {
    return new ConnectionOptions(filter, messageLimitBytes, handshakeTimeout);
  }

  /// These options with another limit.
  public ConnectionOptions withMessageLimitBytes(int messageLimitBytes) {
    return new ConnectionOptions(filter, messageLimitBytes, handshakeTimeout);
  }

  /// These options with another timeout.
  public ConnectionOptions withHandshakeTimeout(Duration handshakeTimeout) {
    return new ConnectionOptions(filter, messageLimitBytes, handshakeTimeout);
  }
}
