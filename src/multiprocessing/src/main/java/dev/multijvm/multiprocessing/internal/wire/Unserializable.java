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
  private static final int DEEPEST = 16;

  private final Class<?> culprit;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Unserializable(Class<?> culprit) {
    this.culprit = culprit;
  }

  /// The exception to throw for `task`.
  public static TaskNotSerializableException explain(
      @Nullable Object task, NotSerializableException problem) {
    // JDK serialization gives the class's name and nothing else as the message.
    String className = String.valueOf(problem.getMessage());
    return new TaskNotSerializableException(
        className, path(task, className), cure(task, className), problem);
  }

  private static String cure(@Nullable Object task, String className) {
    if (task != null && task.getClass().getName().startsWith("java.")) {
      return "the JDK's own wrappers cannot travel; submit the task itself, as a SerializableCallable"
          + " or SerializableRunnable";
    }
    return task != null && task.getClass().getName().equals(className)
        ? "declare it as SerializableCallable, SerializableRunnable or SerializableFunction, or make"
            + " its class implement Serializable"
        : "make that class implement Serializable, mark the field transient, or capture only what the"
            + " task needs";
  }

  private static String path(@Nullable Object task, String className) {
    if (task == null) {
      return "task";
    }
    try {
      var culprit = Class.forName(className, false, task.getClass().getClassLoader());
      var path = new Unserializable(culprit).find(task, "task", 0);
      return path == null ? "task" : path;
    } catch (ClassNotFoundException | RuntimeException _) {
      // Nor can what fails when it is looked at be told of.
      return "task";
    }
  }

  private @Nullable String find(@Nullable Object value, String path, int depth) {
    if (value == null || depth > DEEPEST || !seen.add(value)) {
      return null;
    }
    if (culprit.equals(value.getClass())) {
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
