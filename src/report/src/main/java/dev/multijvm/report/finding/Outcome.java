package dev.multijvm.report.finding;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;

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
  /// @param processesToOne whether parallel work pays at all
  /// @param threadsToOne likewise
  static Outcome of(Estimate processesToThreads, Estimate processesToOne, Estimate threadsToOne) {
    if (!(processesToThreads instanceof Interval question)
        || !(processesToOne instanceof Interval processes)
        || !(threadsToOne instanceof Interval threads)) {
      return UNKNOWN;
    }
    if (processes.low() > 1 && threads.low() > 1) {
      return ONE_THREAD;
    }
    if (question.isInside(1 - INDIFFERENCE, 1 + INDIFFERENCE)) {
      return ALIKE;
    }
    return question.high() < 1 ? PROCESSES : question.low() > 1 ? THREADS : UNDECIDED;
  }
}
