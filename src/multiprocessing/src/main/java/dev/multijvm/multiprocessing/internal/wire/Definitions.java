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

    /// A function that was not used yet.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unread(byte[] encoded, ValueReader reader) implements Entry {}

    record Failure(Throwable problem) implements Entry {}
  }

  private final Map<Integer, Entry> shapes = new HashMap<>();
  private final Map<Integer, Entry> functions = new HashMap<>();
  private long readingNanos;

  void addShape(int number, Decoder encoded, ClassLoader loader) {
    try {
      shapes.put(number, new Entry.Shape(new LambdaMaker(encoded, loader)));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError problem) {
      shapes.put(number, new Entry.Failure(problem));
    }
  }

  /// The function is read when a task uses it: code of the user that ends this process costs the
  /// task that wants it, where otherwise each process that is told of the function would end.
  void addFunction(int number, Decoder encoded, ValueReader reader) {
    functions.put(number, new Entry.Unread(encoded.readRest(), reader));
  }

  private static Entry read(Entry.Unread unread) {
    try {
      return new Entry.Function(unread.reader().read(new Decoder(unread.encoded())));
    } catch (IOException | ClassNotFoundException | RuntimeException | Error problem) {
      return new Entry.Failure(problem);
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
    var entry = known(functions, number, "the function cannot be read");
    if (entry instanceof Entry.Unread unread) {
      long start = System.nanoTime();
      functions.put(number, read(unread));
      readingNanos += System.nanoTime() - start;
      entry = known(functions, number, "the function cannot be read");
    }
    if (entry instanceof Entry.Function known) {
      return known.function();
    }
    throw new IOException("not a function: " + number);
  }

  /// How long functions were read since this was last called.
  public long takeReadingNanos() {
    long nanos = readingNanos;
    readingNanos = 0;
    return nanos;
  }

  // Not a switch over records: its first run makes classes, which costs a worker's start some
  // milliseconds.
  private static Entry known(Map<Integer, Entry> entries, int number, String otherwise)
      throws IOException {
    var entry = Objects.requireNonNull(entries.get(number));
    if (entry instanceof Entry.Failure failure) {
      throw new IOException(otherwise + ": " + reason(failure.problem()), failure.problem());
    }
    return entry;
  }

  private static String reason(Throwable problem) {
    String reason = Throwables.description(problem);
    return problem instanceof ClassNotFoundException
        ? reason + " (workers find classes by this program's class path or module path only)"
        : reason;
  }
}
