package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/// Reads objects whose classes a given loader knows: the default, the nearest loader on the stack,
/// may be this library's.
public final class LoadingObjectInputStream extends ObjectInputStream {
  private final @Nullable ClassLoader loader;

  /// Of the class that a filter is asked about next.
  private @Nullable String latest;

  /// @param loader finds the classes; null for the bootstrap loader
  /// @param filter is asked before the JVM's own filter; null for none
  public LoadingObjectInputStream(
      InputStream in, @Nullable ClassLoader loader, @Nullable ObjectInputFilter filter)
      throws IOException {
    super(in);
    this.loader = loader;
    if (filter != null) {
      setObjectInputFilter(ObjectInputFilter.merge(filter, getObjectInputFilter()));
    }
  }

  /// As [#readObject()], but an exception for a class that a filter rejects names it.
  public @Nullable Object readOrNameRejected() throws IOException, ClassNotFoundException {
    try {
      return readObject();
    } catch (InvalidClassException problem) {
      if (problem.classname != null || latest == null) {
        throw problem;
      }
      var named = new InvalidClassException(latest, problem.getMessage());
      named.initCause(problem);
      throw named;
    }
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    latest = description.getName();
    try {
      return Class.forName(description.getName(), false, loader);
    } catch (ClassNotFoundException _) {
      return super.resolveClass(description);
    }
  }
}
