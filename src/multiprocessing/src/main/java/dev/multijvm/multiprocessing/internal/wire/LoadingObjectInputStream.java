package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/// Reads objects whose classes a given loader knows: the default, the nearest loader on the stack,
/// may be this library's.
public final class LoadingObjectInputStream extends ObjectInputStream {
  private final @Nullable ClassLoader loader;

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

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    try {
      return Class.forName(description.getName(), false, loader);
    } catch (ClassNotFoundException _) {
      return super.resolveClass(description);
    }
  }
}
