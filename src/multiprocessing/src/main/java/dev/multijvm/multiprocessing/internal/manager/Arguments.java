package dev.multijvm.multiprocessing.internal.manager;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, of the types that the proxy's signature made sure of.
///
/// @param values in order; not to be changed
record Arguments(List<@Nullable Object> values) {

  static Arguments of(@Nullable Object... values) {
    return new Arguments(Arrays.asList(values));
  }

  @Nullable Object nullableAt(int index) {
    return values.get(index);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // see above
  <T> T at(int index) {
    return (T) Objects.requireNonNull(values.get(index));
  }
}
