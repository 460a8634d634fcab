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

  public void forgetFunction(int number) {
    functions.remove(number);
  }

  Object lambda(int number, @Nullable Object[] captured) throws IOException {
    return switch (Objects.requireNonNull(shapes.get(number))) {
      case Entry.Shape(var maker) -> maker.make(captured);
      case Entry.Failure(var problem) ->
          throw new IOException("a lambda is not known here", problem);
      case Entry.Function _ -> throw new IOException("not a shape: " + number);
    };
  }

  public @Nullable Object function(int number) throws IOException {
    return switch (Objects.requireNonNull(functions.get(number))) {
      case Entry.Function(var function) -> function;
      case Entry.Failure(var problem) ->
          throw new IOException("the function cannot be read", problem);
      case Entry.Shape _ -> throw new IOException("not a function: " + number);
    };
  }
}
