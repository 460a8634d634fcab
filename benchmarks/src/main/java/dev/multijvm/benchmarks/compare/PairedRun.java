package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.compare.Contest.Pair;
import dev.multijvm.benchmarks.machine.MachineReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/// Measures cases in interleaved blocks until each has its verdict.
///
/// A block is two pairs of one case, base-head-head-base or the other way round by lot, so that a
/// drift of the machine's speed cancels out. Every undecided case gets a block in turn, in an order
/// drawn anew each time.
final class PairedRun {
  private final Sides sides;
  private final List<Contest> contests;
  private final Setting setting;
  private final Progress progress;
  private final Random random;
  private int slots;
  private int disturbed;

  /// How to measure.
  ///
  /// @param jmhArguments further arguments for JMH, by case
  /// @param directory where the files of the slots go
  /// @param time measuring ends after so long
  /// @param tolerance for what else runs on the machine
  /// @param seed of the order of the slots
  record Setting(
      Function<Case, List<String>> jmhArguments,
      Path directory,
      Duration time,
      Tolerance tolerance,
      long seed) {}

  /// Which slot of a pair comes first.
  private enum Order {
    BASE_FIRST,
    HEAD_FIRST
  }

  PairedRun(Sides sides, List<Contest> contests, Setting setting, Progress progress) {
    this.sides = sides;
    this.contests = List.copyOf(contests);
    this.setting = setting;
    this.progress = progress;
    this.random = new Random(setting.seed());
  }

  /// Measures; the contests then hold what was measured, however it ended.
  Ending run() {
    long started = System.nanoTime();
    try {
      for (List<Contest> open = open(); !open.isEmpty(); open = open()) {
        Collections.shuffle(open, random);
        for (Contest contest : open) {
          for (Order order : block()) {
            if (System.nanoTime() - started > setting.time().toNanos()) {
              return new Ending.TimeUp();
            }
            contest.add(pair(contest.measured(), order));
            progress.measured(contest, contests);
          }
        }
      }
      return new Ending.Decided();
    } catch (InterruptedException _) {
      return new Ending.Interrupted();
    } catch (NotValidException e) {
      return new Ending.NotValid(String.valueOf(e.getMessage()));
    }
  }

  /// How many pairs were measured again because others used the machine.
  int disturbed() {
    return disturbed;
  }

  private List<Contest> open() {
    List<Contest> open = new ArrayList<>(contests);
    open.removeIf(Contest::isDecided);
    return open;
  }

  private List<Order> block() {
    return random.nextBoolean()
        ? List.of(Order.BASE_FIRST, Order.HEAD_FIRST)
        : List.of(Order.HEAD_FIRST, Order.BASE_FIRST);
  }

  /// Measures a pair, again and again if others use the machine meanwhile.
  private Pair pair(Case measured, Order order) throws InterruptedException {
    while (true) {
      long started = System.nanoTime();
      TwoSlots slots = twoSlots(measured, order);
      slots.requireEqualSettings(measured);
      List<String> disturbances = slots.disturbances();
      if (disturbances.isEmpty()) {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Pair(slots.base().nanos(), slots.head().nanos(), seconds);
      }
      disturbed++;
      progress.disturbed(measured, disturbances);
      int good = contests.stream().mapToInt(contest -> contest.comparison().pairs()).sum();
      setting.tolerance().requireQuiet(disturbed, good, disturbances);
      Thread.sleep(Tolerance.PAUSE);
    }
  }

  private TwoSlots twoSlots(Case measured, Order order) throws InterruptedException {
    List<String> disturbances = new ArrayList<>();
    return switch (order) {
      case BASE_FIRST -> {
        Slot base = slot(sides.base(), "base", measured, disturbances);
        Slot head = slot(sides.head(), "head", measured, disturbances);
        yield new TwoSlots(base, head, disturbances);
      }
      case HEAD_FIRST -> {
        Slot head = slot(sides.head(), "head", measured, disturbances);
        Slot base = slot(sides.base(), "base", measured, disturbances);
        yield new TwoSlots(base, head, disturbances);
      }
    };
  }

  private Slot slot(Side side, String role, Case measured, List<String> disturbances)
      throws InterruptedException {
    slots++;
    Path files = setting.directory().resolve(String.format(Locale.ROOT, "%04d-%s", slots, role));
    MachineReading before = MachineReading.now();
    Slot slot =
        side.jar()
            .measure(measured, setting.jmhArguments().apply(measured), files, progress::locked);
    disturbances.addAll(setting.tolerance().disturbances(MachineReading.now().since(before)));
    return slot;
  }

  private record TwoSlots(Slot base, Slot head, List<String> disturbances) {
    void requireEqualSettings(Case measured) {
      if (base.settings().equals(head.settings())) {
        return;
      }
      Map<String, String> ofBase = new TreeMap<>(base.settings());
      ofBase.entrySet().removeAll(head.settings().entrySet());
      Map<String, String> ofHead = new TreeMap<>(head.settings());
      ofHead.keySet().retainAll(ofBase.keySet());
      throw new NotValidException(
          measured.id() + " is measured differently: base " + ofBase + ", head " + ofHead,
          "Give both the same settings behind --, for example: -- -bm avgt -wi 5 -i 5");
    }
  }
}
