package dev.multijvm.report.finding;

import static dev.multijvm.report.run.Temperature.COLD;
import static dev.multijvm.report.run.Temperature.WARM;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a workload says to the question "threads or processes?", and at which price.
///
/// @param outcome which way it speaks for
/// @param evidence the ratios, in a sentence
/// @param price start-up, CPU time and memory, in a sentence; empty where nothing is known
public record Answer(Workload workload, Outcome outcome, String evidence, String price) {
  static Answer of(Workload workload) {
    Optional<Estimate> question = ratio(workload, Mode.PROCESS_POOL, Mode.THREAD_POOL);
    Optional<Estimate> processes = ratio(workload, Mode.PROCESS_POOL, Mode.SINGLE_THREAD);
    Optional<Estimate> threads = ratio(workload, Mode.THREAD_POOL, Mode.SINGLE_THREAD);
    Outcome outcome =
        question.map(ratio -> Outcome.of(ratio, processes, threads)).orElse(Outcome.UNKNOWN);
    return new Answer(
        workload, outcome, evidence(workload, outcome, processes, question), price(workload));
  }

  /// `Counting to 10⁸ twice: threads win. Processes take …. Starting them ….`
  public String sentence() {
    return workload.heading() + ": " + verdict() + " " + details();
  }

  /// The answer's first words with a full stop: `threads win.`
  public String verdict() {
    return outcome.words() + ".";
  }

  /// Evidence and price.
  public String details() {
    return (evidence + " " + price).strip();
  }

  /// The ratio of two modes at the workload's point and temperature; empty where either was not
  /// measured.
  public static Optional<Estimate> ratio(Workload workload, Mode numerator, Mode denominator) {
    return workload
        .cell(numerator)
        .flatMap(n -> workload.cell(denominator).flatMap(n::ratioTo))
        .map(PairedRatio::ratio);
  }

  /// What the first operation in a fresh JVM takes longer than one in a pool that is reused.
  public static Optional<Estimate> startUp(Workload workload, Mode mode) {
    return workload
        .cell(mode, COLD)
        .flatMap(cold -> workload.cell(mode, WARM).flatMap(cold::excessOver));
  }

  /// What the answer rests on: each mode against one thread and against the thread pool, and what
  /// starting costs. They may have fewer rounds than each of the two that they compare.
  List<Estimate> estimates() {
    return workload.modes().stream()
        .flatMap(mode ->
            Stream.of(
                    ratio(workload, mode, Mode.SINGLE_THREAD),
                    ratio(workload, mode, Mode.THREAD_POOL),
                    startUp(workload, mode))
                .flatMap(Optional::stream))
        .toList();
  }

  private static String evidence(
      Workload workload,
      Outcome outcome,
      Optional<Estimate> processesToOne,
      Optional<Estimate> processesToThreads) {
    List<String> parts = new ArrayList<>();
    processesToOne.ifPresent(ratio -> parts.add(share(ratio) + " one thread's time"));
    processesToThreads.ifPresent(ratio ->
        parts.add(
            share(ratio) + (parts.isEmpty() ? " the thread pool's time" : " the thread pool's")));
    if (parts.isEmpty()) {
      return "There is nothing to compare.";
    }
    String because =
        switch (outcome) {
          case UNDECIDED -> ": the interval has room for both";
          case UNKNOWN ->
              processesToThreads.isPresent()
                  ? " (under 6 rounds there is no interval)"
                  : " (there are no threads to compare with)";
          case PROCESSES, THREADS, ONE_THREAD, ALIKE -> "";
        };
    return "Processes take "
        + String.join(" and ", parts)
        + because
        + "."
        + faster(workload, outcome);
  }

  /// Another mode that beats threads and processes beyond doubt, and one thread where that is the
  /// winner; nothing where there is none.
  private static String faster(Workload workload, Outcome outcome) {
    return Stream.of(Mode.FORK_JOIN_POOL, Mode.VIRTUAL_THREADS)
        .filter(mode ->
            outcome != Outcome.ONE_THREAD
                || isClearlyBelow(ratio(workload, mode, Mode.SINGLE_THREAD)))
        .filter(mode -> isClearlyBelow(ratio(workload, mode, Mode.THREAD_POOL)))
        .filter(mode -> isClearlyBelow(ratio(workload, mode, Mode.PROCESS_POOL)))
        .min(
            Comparator.comparingDouble(
                mode -> ratio(workload, mode, Mode.THREAD_POOL).orElseThrow().estimate()))
        .map(mode ->
            " Faster still: "
                + mode.noun()
                + ", "
                + share(ratio(workload, mode, Mode.THREAD_POOL).orElseThrow())
                + " the thread pool's time.")
        .orElse("");
  }

  private static boolean isClearlyBelow(Optional<Estimate> ratio) {
    return ratio.isPresent()
        && ratio.get() instanceof Interval interval
        && interval.high() < 1 - Outcome.INDIFFERENCE;
  }

  private static String share(Estimate ratio) {
    return Wording.ratio(ratio) + (ratio.estimate() < 2 ? " of" : " times");
  }

  private static String price(Workload workload) {
    List<String> parts = new ArrayList<>();
    startUp(workload, Mode.PROCESS_POOL)
        .ifPresent(cost ->
            parts.add(
                (isSeen(cost)
                        ? "starting them costs " + Scale.words(cost)
                        : "no cost of starting them is seen")
                    + startUp(workload, Mode.THREAD_POOL)
                        .map(threads -> " (threads: " + visible(threads) + ")")
                        .orElse("")));
    breakEven(workload).ifPresent(parts::add);
    List<String> uses = new ArrayList<>();
    both(workload, Cell::cpuMillis, Wording::millis)
        .ifPresent(text -> uses.add(text.replaceFirst("@", "of CPU time")));
    both(workload, Cell::pssMiB, Answer::mebibytes)
        .ifPresent(text -> uses.add(text.replaceFirst("@", "of memory") + toItself(workload)));
    if (!uses.isEmpty()) {
      parts.add("an operation uses " + String.join(" and ", uses));
    }
    return parts.isEmpty() ? "" : Wording.capitalized(String.join("; ", parts)) + ".";
  }

  /// `, of which each worker has 27 MiB to itself`, where that is known.
  private static String toItself(Workload workload) {
    OptionalDouble own =
        workload
            .cell(Mode.PROCESS_POOL)
            .flatMap(Cell::memory)
            .map(Memory::eachOwn)
            .orElse(OptionalDouble.empty());
    return own.isPresent()
        ? ", of which each worker has " + mebibytes(own.getAsDouble()) + " to itself"
        : "";
  }

  /// From which task size on processes beat one thread, where the work was cut into tasks of
  /// several sizes and they do not always.
  private static Optional<String> breakEven(Workload workload) {
    return workload.cutsWork()
        ? BreakEven.of(workload, Mode.PROCESS_POOL, Mode.SINGLE_THREAD)
            .filter(at -> at.size().isPresent())
            .map(at -> "from tasks of " + at.millis() + " on they beat one thread")
        : Optional.empty();
  }

  private static Optional<String> both(
      Workload workload, Function<Cell, OptionalDouble> value, Function<Double, String> text) {
    Optional<Double> processes = value(workload, Mode.PROCESS_POOL, value);
    Optional<Double> threads = value(workload, Mode.THREAD_POOL, value);
    return processes.map(p ->
        text.apply(p) + " @" + threads.map(t -> " (threads: " + text.apply(t) + ")").orElse(""));
  }

  private static Optional<Double> value(
      Workload workload, Mode mode, Function<Cell, OptionalDouble> value) {
    OptionalDouble found = workload.cell(mode).map(value).orElse(OptionalDouble.empty());
    return found.isPresent() ? Optional.of(found.getAsDouble()) : Optional.empty();
  }

  /// A cost, unless the data cannot tell it from none.
  private static String visible(Estimate millis) {
    return isSeen(millis) ? Wording.millis(millis.estimate()) : "none seen";
  }

  private static boolean isSeen(Estimate millis) {
    return millis instanceof Interval interval ? interval.low() > 0 : millis.estimate() > 0;
  }

  private static String mebibytes(double mebibytes) {
    return Wording.number(mebibytes) + " MiB";
  }
}
