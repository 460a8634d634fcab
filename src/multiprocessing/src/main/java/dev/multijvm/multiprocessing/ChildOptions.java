package dev.multijvm.multiprocessing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a [ChildProcess] is started: begin with [#defaults()], and each `with…` gives a copy with
/// one thing changed.
///
/// @param name how the process is called; `null` for `process-1`, `process-2` and so on
/// @param daemon whether it ends with the parent instead of keeping the parent alive
/// @param jvmArguments further options for its JVM, after those that are copied from this one
/// @param startMethod how it comes to life
public record ChildOptions(
    @Nullable String name, boolean daemon, List<String> jvmArguments, StartMethod startMethod) {
  private static final ChildOptions DEFAULTS =
      new ChildOptions(null, false, List.of(), StartMethod.AUTOMATIC);

  public ChildOptions {
    jvmArguments = List.copyOf(jvmArguments);
    Objects.requireNonNull(startMethod, "startMethod");
  }

  /// Numbered, not a daemon, with no further JVM arguments, started as is fastest.
  public static ChildOptions defaults() {
    return DEFAULTS;
  }

  /// The same, called `newName`.
  public ChildOptions withName(String newName) {
    return new ChildOptions(newName, daemon, jvmArguments, startMethod);
  }

  /// The same, a daemon or not.
  public ChildOptions withDaemon(boolean newDaemon) {
    return new ChildOptions(name, newDaemon, jvmArguments, startMethod);
  }

  /// The same with these JVM arguments.
  public ChildOptions withJvmArguments(List<String> newJvmArguments) {
    return new ChildOptions(name, daemon, newJvmArguments, startMethod);
  }

  /// The same, started by `newStartMethod`.
  public ChildOptions withStartMethod(StartMethod newStartMethod) {
    return new ChildOptions(name, daemon, jvmArguments, newStartMethod);
  }
}
