package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How to take apart and put together the records of one class whose components are all common
/// values: numbers, truth values, characters, strings, arrays of bytes, ints, longs or doubles, and
/// records of such.
///
/// What comes out is what JDK serialization would make of it: fields are read without their
/// accessors, the canonical constructor makes the copy. Where that would do more or could not (a
/// `writeReplace`, a `readResolve`, a class that is not serializable or whose package is not open
/// to us, two arrays that might be one), there is no shape, and JDK serialization does it.
public final class RecordShape {
  private static final Set<Class<?>> SCALARS =
      Set.of(
          Boolean.class,
          Byte.class,
          Character.class,
          Double.class,
          Float.class,
          Integer.class,
          Long.class,
          Short.class,
          String.class);

  private static final Set<Class<?>> ARRAYS =
      Set.of(byte[].class, int[].class, long[].class, double[].class);

  private static final ClassValue<Optional<RecordShape>> SHAPES =
      new ClassValue<>() {
        @Override
        protected Optional<RecordShape> computeValue(Class<?> type) {
          return shapeOf(type);
        }
      };

  private final String className;
  private final int components;
  private final int arrays;
  private final Function<@Nullable Object[], Object> maker;
  private final BiConsumer<Object, @Nullable Object[]> taker;

  @SuppressWarnings("unchecked") // the copier is both
  private RecordShape(Class<?> type, int components, int arrays, Object copier) {
    this.className = type.getName();
    this.components = components;
    this.arrays = arrays;
    maker = (Function<@Nullable Object[], Object>) copier;
    taker = (BiConsumer<Object, @Nullable Object[]>) copier;
  }

  /// The shape of a class; empty if its instances have no compact form.
  static Optional<RecordShape> of(Class<?> type) {
    return SHAPES.get(type);
  }

  /// Forgets the shape of a class, so that it is found again when it is asked for: a rehearsal.
  public static void forget(Class<?> type) {
    SHAPES.remove(type);
  }

  private static Optional<RecordShape> shapeOf(Class<?> type) {
    boolean isOrdinary =
        type.isRecord() && !type.isHidden() && Serializable.class.isAssignableFrom(type);
    if (!isOrdinary || hasHooks(type)) {
      return Optional.empty();
    }
    var components = type.getRecordComponents();
    int arrays = 0;
    for (var component : components) {
      int more = arraysIn(type, component.getType());
      if (more < 0) {
        return Optional.empty();
      }
      arrays += more;
    }
    return arrays > 1 ? Optional.empty() : opened(type, components, arrays);
  }

  private static boolean hasHooks(Class<?> type) {
    for (var method : type.getDeclaredMethods()) {
      boolean isHook =
          method.getName().equals("writeReplace") || method.getName().equals("readResolve");
      if (isHook && method.getParameterCount() == 0) {
        return true;
      }
    }
    return false;
  }

  /// How many arrays a component of `type` holds; -1 if it may hold something else.
  private static int arraysIn(Class<?> owner, Class<?> type) {
    if (type.isPrimitive() || SCALARS.contains(type)) {
      return 0;
    }
    if (ARRAYS.contains(type)) {
      return 1;
    }
    // A record that holds its own kind has as many as there are.
    return type.isRecord() && !reaches(type, owner, 0)
        ? of(type).map(s -> s.arrays).orElse(-1)
        : -1;
  }

  /// Whether records of class `from` may hold one of class `to`, or hold records too deeply to
  /// tell.
  private static boolean reaches(Class<?> from, Class<?> to, int depth) {
    if (from.equals(to) || depth > 8) {
      return true;
    }
    for (var component : from.getRecordComponents()) {
      var type = component.getType();
      if (type.isRecord() && reaches(type, to, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<RecordShape> opened(
      Class<?> type, RecordComponent[] components, int arrays) {
    try {
      RecordShape.class.getModule().addReads(type.getModule());
      var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      var copier = RecordCopier.of(lookup, components);
      return Optional.of(new RecordShape(type, components.length, arrays, copier));
    } catch (ReflectiveOperationException | LinkageError _) {
      return Optional.empty();
    }
  }

  /// Writes all of `value` but its tag.
  void write(Object value, ValueWriter writer, Encoder out) throws IOException {
    out.writeText(className);
    out.writeVarInt(components);
    var values = new @Nullable Object[components];
    taker.accept(value, values);
    for (var one : values) {
      writer.write(one);
    }
  }

  /// Reads the values and makes a record of them.
  Object read(ValueReader reader, Decoder in) throws IOException, ClassNotFoundException {
    int count = in.readVarInt();
    if (count != components) {
      throw new InvalidClassException(
          className, count + " components were written, " + components + " are known here");
    }
    var values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = reader.read(in);
    }
    return made(values);
  }

  private Object made(@Nullable Object[] values) throws IOException {
    try {
      return maker.apply(values);
    } catch (Throwable problem) {
      var refused =
          new InvalidObjectException(
              "the constructor of " + className + " refused " + Arrays.toString(values));
      refused.initCause(problem);
      throw refused;
    }
  }
}
