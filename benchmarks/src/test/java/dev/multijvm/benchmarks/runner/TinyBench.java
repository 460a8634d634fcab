package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.TinyCatalogue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The command with a catalogue of tiny cases: `TinyBench brief,throwing --out DIR`.
final class TinyBench {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private TinyBench() {}

  public static void main(String[] args) {
    String[] cases = args[0].split(",", -1);
    Instrument instrument =
        new Instrument(
            _ -> TinyCatalogue.of(cases),
            () -> new HonestyGate.Answer("{\"kernels\": []}", Set.of(), List.of()),
            GRACE,
            GRACE);
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    System.exit(new Bench(instrument).run(rest));
  }
}
