package dev.multijvm.report.finding;

import dev.multijvm.report.run.Environment;
import dev.multijvm.report.run.Honesty;
import dev.multijvm.report.run.Plan;
import dev.multijvm.report.run.Role;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.Slot;
import dev.multijvm.report.run.Status;
import dev.multijvm.report.run.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A run of a few times that a test names, without files.
public final class Measurements {
  private static final JsonNode ENVIRONMENT =
      JsonMapper.builder().build().readTree("{\"cpu\": {\"visible\": 2}}");

  private final List<Variant> variants = new ArrayList<>();
  private final Map<String, double[]> times = new TreeMap<>();
  private final Map<String, double[]> cpuMillis = new TreeMap<>();

  /// For two workers; one time stands for six equal rounds, and what is no number is a gap.
  public void measure(Role role, String id, String title, double... millis) {
    measure(role, 2, id, title, millis);
  }

  public void measure(Role role, int workers, String id, String title, double... millis) {
    Variant named = Variant.ofId(id, "ms");
    variants.add(
        new Variant(
            id,
            named.suite(),
            named.caseName(),
            named.parameters(),
            role,
            named.temperature(),
            workers,
            "ms",
            null,
            title));
    times.put(id, millis);
  }

  /// The CPU times of a variant, one for each round.
  public void cpuMillis(String id, double... millis) {
    cpuMillis.put(id, millis);
  }

  public Findings findings() {
    List<Slot> slots = new ArrayList<>();
    times.forEach((id, millis) -> {
      for (int round = 1; round <= (millis.length == 1 ? 6 : millis.length); round++) {
        double time = millis[millis.length == 1 ? 0 : round - 1];
        if (!Double.isNaN(time)) {
          slots.add(slot(id, round, time));
        }
      }
    });
    Plan plan =
        new Plan("multijvm-plan/1", "2026-11-21T06:00:00Z", "quick", 42, 2, 6, variants, List.of());
    return Findings.of(
        new Run(
            Path.of("run"),
            new Environment(ENVIRONMENT),
            plan,
            new Honesty("multijvm-honesty/1", List.of()),
            null,
            slots,
            List.of()));
  }

  private Slot slot(String id, int round, double time) {
    double[] cpu = cpuMillis.get(id);
    @Nullable Double cpuOfRound = cpu == null ? null : cpu[round - 1];
    return new Slot(
        "multijvm-slot/1",
        id,
        round,
        1,
        "2026-11-21T06:00:00Z",
        1,
        0,
        Status.VALID,
        List.of(),
        List.of(),
        null,
        "ms",
        List.of(time),
        cpuOfRound,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
