package dev.multijvm.multiprocessing;

import java.io.IOException;

/// The other side of a connection does not hold the same key, or does not speak the protocol.
public final class AuthenticationException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param message which side failed and how
  public AuthenticationException(String message) {
    super(message);
  }
}
