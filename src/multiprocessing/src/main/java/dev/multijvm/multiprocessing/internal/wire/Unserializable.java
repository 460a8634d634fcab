package dev.multijvm.multiprocessing.internal.wire;

import dev.multijvm.multiprocessing.TaskNotSerializableException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out by which fields a task reaches the object that cannot be serialized. Only run when
/// there is an error to explain.
public final class Unserializable {
  /// How a task itself is called.
  public static final String TASK = "task";

  private static final int DEEPEST = 16;

  /// Its class. By name, because that of a lambda cannot be found by it.
  private final String culprit;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Unserializable(String culprit) {
    this.culprit = culprit;
  }

  /// The exception to throw for `value`.
  ///
  /// @param name what it is: `task`, `items[7]`
  public static TaskNotSerializableException explain(
      @Nullable Object value, String name, NotSerializableException problem) {
    // JDK serialization gives the class's name and nothing else as the message.
    String className = String.valueOf(problem.getMessage());
    String own = value == null ? "null" : value.getClass().getName();
    String cure =
        name.equals(TASK)
            ? cureOfCall(own, className)
            : cure(className, "capture only what the task needs");
    return new TaskNotSerializableException(className, path(value, name, className), cure, problem);
  }

  /// The class that keeps a result from being sent, how it is reached, and what to do.
  public static String explainResult(@Nullable Object result, NotSerializableException problem) {
    return explain(result, "result", "return only what the caller needs", problem);
  }

  /// As [#explainResult], for an element of a queue.
  public static String explainElement(Object element, NotSerializableException problem) {
    return explain(element, "element", "put only what the taker needs", problem);
  }

  private static String explain(
      @Nullable Object value, String name, String less, NotSerializableException problem) {
    String className = String.valueOf(problem.getMessage());
    return className
        + " ("
        + path(value, name, className)
        + ") is not serializable: "
        + cure(className, less);
  }

  private static String cureOfCall(String own, String className) {
    if (own.startsWith("java.")) {
      return "the JDK's own wrappers cannot travel; submit the task itself, as a SerializableCallable"
          + " or SerializableRunnable";
    }
    return own.equals(className)
        ? "declare it as SerializableCallable, SerializableRunnable or SerializableFunction, or make"
            + " its class implement Serializable"
        : cure(className, "capture only what the task needs");
  }

  private static String cure(String className, String less) {
    String or = ", mark the field transient, or " + less;
    if (className.contains("$$Lambda")) {
      return "declare that lambda as a function that is Serializable, or cast it to one" + or;
    }
    return className.startsWith("java.")
        ? "no class of the JDK can be made so: use another in its place" + or
        : "make that class implement Serializable" + or;
  }

  private static String path(@Nullable Object value, String name, String className) {
    try {
      var path = new Unserializable(className).find(value, name, 0);
      return path == null ? name : path;
    } catch (RuntimeException _) {
      // Nor can what fails when it is looked at be told of.
      return name;
    }
  }

  private @Nullable String find(@Nullable Object value, String path, int depth) {
    if (value == null || depth > DEEPEST || !seen.add(value)) {
      return null;
    }
    if (culprit.equals(value.getClass().getName())) {
      return path;
    }
    return switch (value) {
      case Object[] array -> inArray(array, path, depth);
      case Iterable<?> some when isOfTheJdk(value) -> inIterable(some, path, depth);
      case Map<?, ?> map when isOfTheJdk(value) -> {
        var inKeys = inIterable(map.keySet(), path + ".keySet()", depth);
        yield inKeys != null ? inKeys : inIterable(map.values(), path + ".values()", depth);
      }
      default -> inObject(value, path, depth);
    };
  }

  /// Whose fields we cannot read.
  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getModule().getName() != null
        && value.getClass().getName().startsWith("java.");
  }

  private @Nullable String inArray(@Nullable Object[] array, String path, int depth) {
    for (int i = 0; i < array.length; i++) {
      var found = find(array[i], path + "[" + i + "]", depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String inIterable(Iterable<?> some, String path, int depth) {
    int i = 0;
    for (Object element : some) {
      var found = find(element, path + "[" + i++ + "]", depth + 1);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String inObject(Object value, String path, int depth) {
    if (value.getClass().isHidden() && value instanceof Serializable) {
      return inLambda(value, path, depth);
    }
    for (Class<?> type = value.getClass();
        Serializable.class.isAssignableFrom(type);
        type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        var found = inField(value, field, path, depth);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable String inLambda(Object lambda, String path, int depth) {
    try {
      var method = lambda.getClass().getDeclaredMethod("writeReplace");
      method.setAccessible(true);
      var taken = (SerializedLambda) method.invoke(lambda);
      for (int i = 0; i < taken.getCapturedArgCount(); i++) {
        var found = find(taken.getCapturedArg(i), path + ".captured[" + i + "]", depth + 1);
        if (found != null) {
          return found;
        }
      }
    } catch (ReflectiveOperationException | InaccessibleObjectException _) {
      // Then the path ends here.
    }
    return null;
  }

  private @Nullable String inField(Object value, Field field, String path, int depth) {
    int modifiers = field.getModifiers();
    if (Modifier.isStatic(modifiers)
        || Modifier.isTransient(modifiers)
        || field.getType().isPrimitive()) {
      return null;
    }
    try {
      field.setAccessible(true);
      return find(field.get(value), path + "." + field.getName(), depth + 1);
    } catch (IllegalAccessException | InaccessibleObjectException _) {
      return null;
    }
  }
}
