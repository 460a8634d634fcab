package dev.multijvm.multiprocessing.internal.manager;

import java.io.Serializable;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Where an object of a manager is, and how to call it.
///
/// @param socket the path of the manager's socket
/// @param hexKey the key to it
/// @param pid the manager's process
/// @param id which of its objects
public record RemoteObject(String socket, String hexKey, long pid, long id)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /// What creates objects.
  static final long FACTORY = 0;

  byte[] key() {
    return HexFormat.of().parseHex(hexKey);
  }

  /// Calls the object and waits for the result.
  ///
  /// @throws IllegalArgumentException if an argument cannot be serialized
  /// @throws dev.multijvm.multiprocessing.MultiprocessingException if the manager has ended, or the
  ///   connection to it has
  @Nullable Object call(Enum<?> verb, @Nullable Object... arguments) {
    return Caller.to(this).call(this, verb.name(), Arguments.of(arguments));
  }

  @Override
  public String toString() {
    return "object " + id + " of the manager in process " + pid;
  }
}
