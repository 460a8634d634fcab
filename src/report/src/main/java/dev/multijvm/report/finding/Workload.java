package dev.multijvm.report.finding;

import dev.multijvm.report.run.Role;
import dev.multijvm.report.run.Temperature;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The same work in every mode, warm and cold, perhaps at several values of one parameter (chunks).
///
/// @param id the variants' id without mode and temperature: `counting:tasks=2`
/// @param title what a reader calls it
/// @param role workload or exhibit
/// @param sweep the parameter that takes several values; empty where there is none
/// @param cells by mode, temperature and value of the sweep
public record Workload(String id, String title, Role role, String sweep, List<Cell> cells) {
  public Workload {
    cells =
        cells.stream()
            .sorted(
                Comparator.comparing(Cell::mode)
                    .thenComparing(cell -> cell.variant().temperature())
                    .thenComparingInt(cell -> value(sweep, cell))
                    .thenComparing(cell -> cell.variant().id()))
            .toList();
  }

  public String suite() {
    return cells.getFirst().variant().suite();
  }

  public boolean hasSweep() {
    return !sweep.isEmpty();
  }

  /// The values of the sweep, ascending; a single zero where there is none.
  public NavigableSet<Integer> values() {
    NavigableSet<Integer> values = new TreeSet<>();
    cells.forEach(cell -> values.add(value(sweep, cell)));
    return values;
  }

  /// The value of the sweep at which sentences speak of the workload, chosen without looking at
  /// times: as many as there are workers, or else the next one above, or else the highest. Where it
  /// is the size of chunks, the largest that leaves a chunk for each worker.
  public int point() {
    int workers = workers();
    NavigableSet<Integer> values = values();
    if (sweep.equals("chunk")) {
      Integer largest = values.floor(values.last() / workers);
      return largest == null ? values.first() : largest;
    }
    NavigableSet<Integer> enough = values.tailSet(workers, true);
    return enough.isEmpty() ? values.last() : enough.first();
  }

  /// What sentences speak of: the title; in a sweep that of the [#point()], or with it where all
  /// have the same one.
  public String heading() {
    if (!hasSweep()) {
      return title;
    }
    int point = point();
    Set<String> here = titles(cells.stream().filter(cell -> value(sweep, cell) == point));
    Set<String> elsewhere = titles(cells.stream().filter(cell -> value(sweep, cell) != point));
    return here.size() == 1 && Collections.disjoint(here, elsewhere)
        ? Wording.pretty(here.iterator().next())
        : title + ", " + words(point);
  }

  private static Set<String> titles(Stream<Cell> cells) {
    return cells.map(cell -> cell.variant().title()).collect(Collectors.toSet());
  }

  /// What the sweep varies: `number of chunks`, `size of chunks`.
  public String subject() {
    return switch (sweep) {
      case "chunk" -> "size of chunks";
      case "bytes" -> "size";
      case "size" -> "size of the pool";
      case "factor" -> "number of workers for each CPU";
      default -> (sweep.endsWith("s") ? "number of " : "") + sweep;
    };
  }

  /// A value of the sweep: `16 chunks`, `1 chunk`, `chunks of 100`, `64 KiB`, `a pool of 4`.
  public String words(int value) {
    String number = label(value);
    return switch (sweep) {
      case "bytes" -> number;
      case "chunk" -> "chunks of " + number;
      case "size" -> "a pool of " + number;
      case "factor" -> Wording.count(value, "worker") + " for each CPU";
      default ->
          sweep.endsWith("s")
              ? Wording.count(value, sweep.substring(0, sweep.length() - 1))
              : sweep + " " + number;
    };
  }

  /// A value of the sweep on an axis or in a column that says what it is: `16`, `64 KiB`.
  public String label(int value) {
    return sweep.equals("bytes") ? Wording.bytes(value) : Wording.fixed(value, 0);
  }

  /// Warm, or cold for work that is about starting and was not measured otherwise.
  public Temperature temperature() {
    return cells.stream().anyMatch(cell -> cell.variant().temperature() == Temperature.WARM)
        ? Temperature.WARM
        : Temperature.COLD;
  }

  /// What was measured of a mode at the [#point()], at the workload's [#temperature()]; empty where
  /// nothing valid was.
  public Optional<Cell> cell(Mode mode) {
    return cell(mode, temperature());
  }

  /// What was measured of a mode at the [#point()]; empty where nothing valid was.
  public Optional<Cell> cell(Mode mode, Temperature temperature) {
    return cell(mode, temperature, point());
  }

  public Optional<Cell> cell(Mode mode, Temperature temperature, int value) {
    return cells.stream()
        .filter(cell -> cell.mode().equals(mode) && cell.variant().temperature() == temperature)
        .filter(cell -> value(sweep, cell) == value && !cell.isEmpty())
        .findFirst();
  }

  /// The modes with anything valid, in their order.
  public List<Mode> modes() {
    return cells.stream()
        .filter(cell -> !cell.isEmpty())
        .map(Cell::mode)
        .distinct()
        .sorted()
        .toList();
  }

  private int workers() {
    return workers(cells.stream());
  }

  /// How many workers the pools have at the [#point()].
  public int workersAtPoint() {
    int point = point();
    return workers(cells.stream().filter(cell -> value(sweep, cell) == point));
  }

  private static int workers(Stream<Cell> cells) {
    return cells.mapToInt(cell -> cell.variant().workers()).max().orElse(1);
  }

  /// How many tasks there are at the [#point()]; empty where no parameter says.
  public OptionalInt tasks() {
    if (sweep.equals("tasks") || sweep.equals("chunks")) {
      return OptionalInt.of(point());
    }
    Map<String, String> parameters = cells.getFirst().variant().parameters();
    String tasks = parameters.getOrDefault("tasks", parameters.getOrDefault("chunks", ""));
    return tasks.matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(tasks))
        : OptionalInt.empty();
  }

  /// How large a task is at a value of the sweep: what it takes one thread, in milliseconds, where
  /// the sweep cuts the same work into more or fewer tasks, or else the value itself. Empty where
  /// it is not known, and where the tasks are too few for all workers: other modes than one thread
  /// would be blamed for that.
  public OptionalDouble taskSize(int value) {
    if (!cutsWork()) {
      return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
    double tasks = sweep.equals("chunks") ? value : (double) values().last() / Math.max(1, value);
    Optional<Cell> one = cell(Mode.SINGLE_THREAD, temperature(), value);
    return one.isPresent() && tasks >= workers()
        ? OptionalDouble.of(one.get().millis().estimate() / tasks)
        : OptionalDouble.empty();
  }

  /// Whether [#taskSize(int)] is a time.
  public boolean cutsWork() {
    return sweep.equals("chunks") || sweep.equals("chunk");
  }

  /// Whether the work waits more than it computes: one thread uses less than half of its time on a
  /// CPU.
  public boolean waits() {
    return cell(Mode.SINGLE_THREAD)
        .filter(one -> one.cpuMillis().isPresent())
        .filter(one -> one.cpuMillis().getAsDouble() < one.millis().estimate() / 2)
        .isPresent();
  }

  static int value(String sweep, Cell cell) {
    String value = cell.variant().parameters().get(sweep);
    return value == null ? 0 : Integer.parseInt(value);
  }
}
