package dev.multijvm.multiprocessing.internal.wire;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// What the filters of JDK serialization are told of a class that does not come in a stream of JDK
/// serialization.
///
/// @param serialClass the class
record Admission(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {

  /// What the JVM's filter, combined with `filter` as a stream would, says of `type`.
  static ObjectInputFilter.Status of(Class<?> type, @Nullable ObjectInputFilter filter) {
    var factory = ObjectInputFilter.Config.getSerialFilterFactory();
    var combined = factory.apply(null, ObjectInputFilter.Config.getSerialFilter());
    if (filter != null) {
      combined = factory.apply(combined, ObjectInputFilter.merge(filter, combined));
    }
    return combined == null
        ? ObjectInputFilter.Status.UNDECIDED
        : combined.checkInput(new Admission(type));
  }

  @Override
  public long arrayLength() {
    return -1;
  }

  @Override
  public long depth() {
    return 1;
  }

  @Override
  public long references() {
    return 1;
  }

  @Override
  public long streamBytes() {
    return 0;
  }
}
