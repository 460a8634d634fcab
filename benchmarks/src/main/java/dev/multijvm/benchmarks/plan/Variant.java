package dev.multijvm.benchmarks.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One thing that is measured: a case of a suite with all its parameters. `plan.json` keeps it as
/// it is here.
///
/// @param id `suite/case:mode=...,key=value`; the key of files, filters and history
/// @param suite the JMH class without `Suite`, in small letters with hyphens
/// @param caseName its method
/// @param parameters its JMH parameters, `mode` first
/// @param workers the most tasks that run at once
/// @param unit `ms` or `us` for one operation
/// @param items how many things of a kind one operation handles, so that rates can be told
/// @param extra whether it is measured only in rounds for which there is time beyond what the
///   others need in all rounds
/// @param title for people
public record Variant(
    String id,
    String suite,
    @JsonProperty("case") String caseName,
    Map<String, String> parameters,
    Role role,
    Temperature temperature,
    int workers,
    String unit,
    int items,
    boolean extra,
    String title) {
  static final String MODE = "mode";

  /// What the variant is for. The names are those of the file.
  public enum Role {
    workload,
    /// What a part of the library can do: shown in its own table, never judged.
    figure,
    /// The frozen kernel alone, to which other runs are compared.
    ruler,
    /// The same in as many JVMs at once as there are workers: what the machine can give.
    ceiling,
    /// Shown, never judged.
    exhibit,
    /// A check on the instrument.
    control
  }

  /// Whether starting is inside the clock. The names are those of the file.
  public enum Temperature {
    warm,
    cold
  }

  public Variant {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static Variant of(Point point, Map<String, String> parameters) {
    return new Variant(
        id(point.suite(), point.caseName(), parameters),
        point.suite(),
        point.caseName(),
        parameters,
        point.role(),
        point.temperature(),
        point.workers(),
        point.unit(),
        point.items(),
        point.isExtra(),
        point.title());
  }

  /// The same, measured in every round.
  Variant inEveryRound() {
    return new Variant(
        id, suite, caseName, parameters, role, temperature, workers, unit, items, false, title);
  }

  private static String id(String suite, String caseName, Map<String, String> parameters) {
    String list =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(","));
    return suite + "/" + caseName + (list.isEmpty() ? "" : ":" + list);
  }

  /// The execution mode's name, such as `process-pool`; none for the ruler.
  public Optional<String> mode() {
    return Optional.ofNullable(parameters.get(MODE));
  }

  /// The id with only letters, digits and hyphens, for names of files.
  public String fileName() {
    return id.replaceAll("[^A-Za-z0-9]+", "-");
  }

  /// The simple name of the JMH class.
  public String className() {
    return List.of(suite.split("-", -1)).stream()
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining())
        + "Suite";
  }
}
