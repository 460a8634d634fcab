package dev.multijvm.multiprocessing;

import java.io.IOException;

/// A message was longer than the buffer it was to be received into. Nothing is lost: [#message] has
/// all of it, and the connection goes on with the next one.
public final class BufferTooShortException extends IOException {
  private static final long serialVersionUID = 1L;

  private final byte[] message;

  /// @param message the whole message, not copied
  /// @param bufferSize the bytes there was room for
  public BufferTooShortException(byte[] message, long bufferSize) {
    super("the message has " + message.length + " bytes, the buffer " + bufferSize);
    this.message = message;
  }

  /// The whole message.
  public byte[] message() {
    return message.clone();
  }
}
