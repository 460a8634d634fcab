package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/// What the main job measures with.
///
/// @param catalogue what can be measured with so many workers
/// @param honesty asks the gates before anything is measured
/// @param grace a slot is killed after ten times its estimate and this
/// @param lockPatience how long another JMH run is waited for
record Instrument(
    IntFunction<Catalogue> catalogue, Gates honesty, Duration grace, Duration lockPatience) {
  static final Instrument STANDARD =
      new Instrument(
          Catalogue::of, HonestyGate::ask, Duration.ofSeconds(60), Duration.ofMinutes(2));

  /// Asks whether the kernels are honest.
  interface Gates {
    HonestyGate.Answer ask() throws IOException, InterruptedException;
  }
}
