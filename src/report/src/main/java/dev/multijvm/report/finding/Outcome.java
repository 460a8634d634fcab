package dev.multijvm.report.finding;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import java.util.Optional;

/// Which of one thread, threads and processes a workload speaks for.
public enum Outcome {
  PROCESSES("processes", "processes win"),
  THREADS("threads", "threads win"),
  ONE_THREAD("one-thread", "one thread wins"),
  ALIKE("alike", "threads and processes take the same time"),
  UNDECIDED("undecided", "too close to call"),
  UNKNOWN("unknown", "no verdict");

  /// Ratios within this distance of 1 make no difference to anyone.
  public static final double INDIFFERENCE = 0.03;

  private final String key;
  private final String words;

  Outcome(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /// The value in `verdict.json`.
  public String key() {
    return key;
  }

  /// The beginning of the answer.
  public String words() {
    return words;
  }

  /// Judges three ratios of times.
  ///
  /// @param processesToThreads the question
  /// @param processesToOne whether parallel work pays at all; empty where one thread was not
  ///   measured
  /// @param threadsToOne likewise
  static Outcome of(
      Estimate processesToThreads,
      Optional<Estimate> processesToOne,
      Optional<Estimate> threadsToOne) {
    if (!(processesToThreads instanceof Interval question)) {
      return UNKNOWN;
    }
    boolean oneBeatsProcesses = isAboveOne(processesToOne);
    boolean oneBeatsThreads = isAboveOne(threadsToOne);
    if (oneBeatsProcesses && oneBeatsThreads) {
      return ONE_THREAD;
    }
    if (question.isInside(1 - INDIFFERENCE, 1 + INDIFFERENCE)) {
      return ALIKE;
    }
    // The faster pool need not have as many rounds with one thread as the slower one.
    if (question.high() < 1) {
      return oneBeatsProcesses ? ONE_THREAD : PROCESSES;
    }
    if (question.low() > 1) {
      return oneBeatsThreads ? ONE_THREAD : THREADS;
    }
    return UNDECIDED;
  }

  private static boolean isAboveOne(Optional<Estimate> ratio) {
    return ratio.isPresent() && ratio.get() instanceof Interval interval && interval.low() > 1;
  }
}
