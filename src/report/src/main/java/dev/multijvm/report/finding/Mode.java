package dev.multijvm.report.finding;

import java.util.Comparator;
import java.util.List;

/// A way of execution, as reports name it; those the project knows come first and always in this
/// order.
///
/// @param key the value of a variant's parameter `mode`
/// @param label in tables and charts: "Process pool"
/// @param noun in a sentence, as its subject: "processes"
public record Mode(String key, String label, String noun) implements Comparable<Mode> {
  public static final Mode SINGLE_THREAD = new Mode("single-thread", "One thread", "one thread");
  public static final Mode THREAD_POOL = new Mode("thread-pool", "Thread pool", "threads");
  public static final Mode FORK_JOIN_POOL =
      new Mode("fork-join-pool", "Fork-join pool", "a fork-join pool");
  public static final Mode VIRTUAL_THREADS =
      new Mode("virtual-threads", "Virtual threads", "virtual threads");
  public static final Mode PROCESS_POOL = new Mode("process-pool", "Process pool", "processes");

  public static final Mode PYTHON_SERIAL =
      new Mode("python-serial", "Python, serial", "serial Python");
  public static final Mode PYTHON_THREADS =
      new Mode("python-threads", "Python threads", "Python's threads");
  public static final Mode PYTHON_PROCESSES =
      new Mode("python-processes", "Python processes", "Python's processes");

  /// Every mode with a place of its own in charts.
  public static final List<Mode> KNOWN =
      List.of(
          SINGLE_THREAD,
          THREAD_POOL,
          FORK_JOIN_POOL,
          VIRTUAL_THREADS,
          PROCESS_POOL,
          PYTHON_SERIAL,
          PYTHON_THREADS,
          PYTHON_PROCESSES);

  private static final Comparator<Mode> ORDER =
      Comparator.<Mode>comparingInt(mode -> (mode.place() + KNOWN.size() + 1) % (KNOWN.size() + 1))
          .thenComparing(Mode::key);

  /// The known mode of that key, or one that is named by the key alone.
  public static Mode of(String key) {
    return KNOWN.stream()
        .filter(mode -> mode.key.equals(key))
        .findFirst()
        .orElseGet(() -> named(key));
  }

  /// Where it stands in [#KNOWN]; -1 for a mode that is not there.
  public int place() {
    return KNOWN.indexOf(this);
  }

  @Override
  public int compareTo(Mode other) {
    return ORDER.compare(this, other);
  }

  private static Mode named(String key) {
    String words = key.isEmpty() ? "no mode" : key.replace('-', ' ');
    return new Mode(key, Character.toUpperCase(words.charAt(0)) + words.substring(1), words);
  }
}
