package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The results that are too large for a ring: it announces each in its place, and the link brings
/// the bytes, before or after that. Any thread.
final class Halves {
  /// A result of which both halves have come.
  record Whole(Task task, Decoder body) {}

  private final Map<Long, Task> announced = new HashMap<>();
  private final Map<Long, Decoder> brought = new HashMap<>();

  /// The ring has announced the result of `task`.
  ///
  /// @return null if its bytes are to come
  synchronized @Nullable Whole announce(Task task) {
    var body = brought.get(task.sequence);
    if (body == null) {
      announced.put(task.sequence, task);
      return null;
    }
    var whole = new Whole(task, body);
    brought.remove(task.sequence);
    return whole;
  }

  /// The link has brought the bytes of a result.
  ///
  /// @return null if it is to be announced
  synchronized @Nullable Whole bring(long sequence, Decoder body) {
    var task = announced.get(sequence);
    if (task == null) {
      brought.put(sequence, body);
      return null;
    }
    var whole = new Whole(task, body);
    announced.remove(sequence); // not before: if memory runs out it stays among the announced
    return whole;
  }

  /// The tasks whose results were announced and have not come.
  synchronized List<Task> announced() {
    return List.copyOf(announced.values());
  }
}
