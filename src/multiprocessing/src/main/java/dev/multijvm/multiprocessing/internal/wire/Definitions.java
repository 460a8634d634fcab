package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a worker was told by [Definition]s. One that cannot be understood is an error when it is
/// used, not before. One thread at a time.
public final class Definitions {
  private sealed interface Entry {
    record Shape(LambdaMaker maker) implements Entry {}

    record Function(@Nullable Object function) implements Entry {}

    record Failure(Throwable problem) implements Entry {}
  }

  private final Map<Integer, Entry> shapes = new HashMap<>();
  private final Map<Integer, Entry> functions = new HashMap<>();

  void addShape(int number, Decoder encoded, ClassLoader loader) {
    try {
      shapes.put(number, new Entry.Shape(new LambdaMaker(encoded, loader)));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError problem) {
      shapes.put(number, new Entry.Failure(problem));
    }
  }

  void addFunction(int number, Decoder encoded, ValueReader reader) {
    try {
      functions.put(number, new Entry.Function(reader.read(encoded)));
    } catch (IOException | ClassNotFoundException | RuntimeException | Error problem) {
      functions.put(number, new Entry.Failure(problem));
    }
  }

  /// There was no definition of `kind`, because of `problem`: whoever uses it fails.
  public void refuse(int kind, int number, Throwable problem) {
    (kind == Message.SHAPE ? shapes : functions).put(number, new Entry.Failure(problem));
  }

  public void forgetFunction(int number) {
    functions.remove(number);
  }

  Object lambda(int number, @Nullable Object[] captured) throws IOException {
    if (known(shapes, number, "a lambda is not known here") instanceof Entry.Shape shape) {
      return shape.maker().make(captured);
    }
    throw new IOException("not a shape: " + number);
  }

  public @Nullable Object function(int number) throws IOException {
    if (known(functions, number, "the function cannot be read") instanceof Entry.Function entry) {
      return entry.function();
    }
    throw new IOException("not a function: " + number);
  }

  // Not a switch over records: its first run makes classes, which costs a worker's start some
  // milliseconds.
  private static Entry known(Map<Integer, Entry> entries, int number, String otherwise)
      throws IOException {
    var entry = Objects.requireNonNull(entries.get(number));
    if (entry instanceof Entry.Failure failure) {
      throw new IOException(otherwise, failure.problem());
    }
    return entry;
  }
}
