package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// One thing that is measured: a case of a suite with all its parameters.
///
/// @param id `suite/case:key=value,...`, the key of everything
/// @param caseName the method of the suite
/// @param parameters in the order of the id, `mode` first
/// @param workers how many threads or processes the pool has
/// @param unit `ms` or `us`, for one operation
/// @param title what a reader calls it: "Counting to 10^8 twice"
public record Variant(
    @JsonProperty(value = "id", required = true) String id,
    @JsonProperty(value = "suite", required = true) String suite,
    @JsonProperty(value = "case", required = true) String caseName,
    @JsonProperty(value = "parameters", required = true) Map<String, String> parameters,
    @JsonProperty(value = "role", required = true) Role role,
    @JsonProperty(value = "temperature", required = true) Temperature temperature,
    @JsonProperty(value = "workers", required = true) int workers,
    @JsonProperty(value = "unit", required = true) String unit,
    @JsonProperty(value = "title", required = true) String title) {
  private static final Set<String> UNITS = Set.of("ms", "us");

  public Variant {
    if (!UNITS.contains(unit)) {
      throw new IllegalArgumentException("unit must be ms or us: " + unit);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be positive: " + workers);
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// What the id alone tells, for a run whose plan is lost.
  ///
  /// @param unit of the slot that names the id
  public static Variant ofId(String id, String unit) {
    int slash = id.indexOf('/');
    int colon = id.indexOf(':');
    if (slash < 1) {
      throw new IllegalArgumentException("a variant is named suite/case:key=value,...: " + id);
    }
    String suite = id.substring(0, slash);
    String caseName = id.substring(slash + 1, colon < 0 ? id.length() : colon);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : colon < 0 ? new String[0] : id.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a variant's parameters are key=value,...: " + id);
      }
      parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    Temperature temperature = caseName.equals("cold") ? Temperature.COLD : Temperature.WARM;
    return new Variant(id, suite, caseName, parameters, Role.WORKLOAD, temperature, 1, unit, suite);
  }

  /// The value of the parameter `mode`; empty where the variant has none.
  public String mode() {
    return parameters.getOrDefault("mode", "");
  }
}
