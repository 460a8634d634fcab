package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What all handles of shared things have in common: they travel by path, and are closed.
///
/// A process has one object for a thing, however often its handle arrives: a second one would be a
/// second owner that the first does not know of. Those made here stay until they are closed; those
/// from elsewhere at most until their creator closed them and another one arrives.
abstract sealed class Shared implements AutoCloseable, Serializable
    permits SharedMemory,
        SharedLong,
        SharedDouble,
        SharedLongArray,
        SharedDoubleArray,
        SharedLock,
        SharedSemaphore,
        SharedEvent,
        SharedBarrier,
        SharedQueue {

  @Serial private static final long serialVersionUID = 1;

  /// The things this process has mapped, under the lock of this map.
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  /// Never missing: a handle is replaced when it is written, so none is ever read field by field.
  final transient SharedFile file;

  Shared(SharedFile file) {
    this.file = file;
  }

  /// Enters a thing that was just made.
  static <T extends Shared> T made(T thing) {
    synchronized (OPEN) {
      OPEN.put(thing.file.path(), thing);
    }
    return thing;
  }

  /// Ends the use of this thing. Closing twice is harmless.
  ///
  /// In the process that made it, this removes it: others can no longer open it, and whoever waits
  /// for it, in whatever process, gets an [IllegalStateException]. In another process it only ends
  /// the use there; the handle can arrive again.
  ///
  /// @throws UncheckedIOException if the file system does not remove it
  @Override
  public void close() {
    try {
      file.close(this::giveUp, berths().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file.path(), e);
    } finally {
      // Not before: its next object here is the same owner, whose things this one gives up.
      synchronized (OPEN) {
        OPEN.remove(file.path(), this);
      }
    }
  }

  /// Where threads may sleep that a close must wake.
  Stream<Berth> berths() {
    return Stream.empty();
  }

  /// Lets go of what this process holds, while the memory is still mapped.
  void giveUp() {}

  @Serial
  Object writeReplace() {
    return new Handle(file.kind(), file.path().toString());
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static Shared opened(SharedKind kind, Path path) throws IOException {
    synchronized (OPEN) {
      var known = OPEN.get(path);
      if (known != null && !known.file.isClosed()) {
        return known;
      }
      if (known != null) {
        forget(known);
      }
      forgetClosed();
      var thing = open(SharedFile.open(kind, path));
      OPEN.put(path, thing);
      return thing;
    }
  }

  /// Unmaps what its creator has closed meanwhile.
  private static void forgetClosed() {
    for (var thing : OPEN.values().toArray(Shared[]::new)) {
      if (thing.file.isClosedByCreator()) {
        forget(thing);
      }
    }
  }

  private static void forget(Shared thing) {
    try {
      thing.close();
    } catch (IllegalStateException _) {
      // Native code still has the bytes; they stay mapped until this process ends.
    }
  }

  private static Shared open(SharedFile file) {
    return switch (file.kind()) {
      case MEMORY -> new SharedMemory(file);
      case LONG -> new SharedLong(file);
      case DOUBLE -> new SharedDouble(file);
      case LONG_ARRAY -> new SharedLongArray(file);
      case DOUBLE_ARRAY -> new SharedDoubleArray(file);
      case LOCK -> new SharedLock(file);
      case SEMAPHORE -> new SharedSemaphore(file);
      case EVENT -> new SharedEvent(file);
      case BARRIER -> new SharedBarrier(file);
      case QUEUE -> new SharedQueue<>(file);
    };
  }

  /// What travels instead of the thing.
  private record Handle(SharedKind kind, String path) implements Serializable {
    @Serial
    Object readResolve() throws InvalidObjectException {
      try {
        return opened(kind, Path.of(path));
      } catch (IOException e) {
        throw new InvalidObjectException(e.getMessage(), e);
      }
    }
  }
}
