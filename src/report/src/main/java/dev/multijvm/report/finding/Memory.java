package dev.multijvm.report.finding;

import dev.multijvm.report.run.Slot;
import dev.multijvm.statistics.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whose the memory of a process tree is, in MiB: medians over rounds.
///
/// @param program what processes that are no workers have to themselves
/// @param workers what the workers have to themselves, all together
/// @param shared what several processes map, counted once
/// @param eachOwn what one worker has to itself; empty where no worker is a process
/// @param eachShared what one worker maps beside others, in full; likewise
public record Memory(
    double program,
    double workers,
    double shared,
    OptionalDouble eachOwn,
    OptionalDouble eachShared) {

  /// Empty where no slot knows.
  static Optional<Memory> of(List<Slot> slots) {
    List<Slot> known =
        slots.stream().filter(slot -> slot.memory() != null && slot.pssMiB() != null).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble own = median(known, Slot.Memory::workerPrivateMiB);
    double program = median(known, Slot.Memory::programPrivateMiB).orElse(0);
    double count = median(known, memory -> (double) memory.workers()).orElse(0);
    double workers = count * own.orElse(0);
    double all =
        Samples.of(known.stream().flatMap(s -> Stream.ofNullable(s.pssMiB())).toList()).median();
    return Optional.of(
        new Memory(
            program,
            workers,
            Math.max(0, all - program - workers),
            own,
            median(known, Slot.Memory::workerSharedMiB)));
  }

  /// In the order of a stacked bar.
  public List<Double> parts() {
    return List.of(program, workers, shared);
  }

  private static OptionalDouble median(
      List<Slot> slots, Function<Slot.Memory, @Nullable Double> value) {
    double[] values =
        slots.stream()
            .flatMap(slot -> Stream.ofNullable(slot.memory()))
            .flatMap(memory -> Stream.ofNullable(value.apply(memory)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Samples.median(values));
  }
}
