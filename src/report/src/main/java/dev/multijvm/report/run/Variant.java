package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One thing that is measured: a case of a suite with all its parameters.
///
/// @param id `suite/case:key=value,...`, the key of everything
/// @param caseName the method of the suite
/// @param parameters in the order of the id, `mode` first
/// @param workers how many threads or processes the pool has
/// @param unit `ms` or `us`, for one operation
/// @param items how many things of a kind one operation handles; null is one
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
    @JsonProperty("items") @Nullable Integer items,
    @JsonProperty(value = "title", required = true) String title) {
  private static final Pattern ID =
      Pattern.compile(
          "(?<suite>[^/:]+)/(?<case>[^/:]+)(:(?<parameters>[^=,]+=[^=,]*(,[^=,]+=[^=,]*)*))?");
  private static final Set<String> UNITS = Set.of("ms", "us");

  public Variant {
    if (!UNITS.contains(unit)) {
      throw new IllegalArgumentException("unit must be ms or us: " + unit);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be positive: " + workers);
    }
    if (items != null && items < 1) {
      throw new IllegalArgumentException("items must be positive: " + items);
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// Whether `text` has the form of an id.
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// What the id alone tells, for a run whose plan is lost.
  ///
  /// @param unit of the slot that names the id
  public static Variant ofId(String id, String unit) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a variant is named suite/case:key=value,...: " + id);
    }
    String suite = parts.group("suite");
    String caseName = parts.group("case");
    Map<String, String> parameters = new LinkedHashMap<>();
    if (parts.group("parameters") != null) {
      for (String pair : parts.group("parameters").split(",", -1)) {
        int equals = pair.indexOf('=');
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    Temperature temperature = caseName.equals("cold") ? Temperature.COLD : Temperature.WARM;
    return new Variant(
        id, suite, caseName, parameters, Role.WORKLOAD, temperature, 1, unit, null, suite);
  }

  /// The value of the parameter `mode`; empty where the variant has none.
  public String mode() {
    return parameters.getOrDefault("mode", "");
  }
}
