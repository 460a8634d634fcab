package dev.multijvm.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One JMH benchmark with a value for each of its parameters.
///
/// @param benchmark JMH's full name
/// @param parameters in the order in which they are shown
record Case(String benchmark, Map<String, String> parameters) {
  private static final Pattern OWN_SUITE =
      Pattern.compile("dev\\.multijvm\\.benchmarks\\.suite\\.(\\w+)Suite\\.(\\w+)");

  Case {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// Whether it is one of this project's suites, whose own settings are made for short slots.
  boolean isOwn() {
    return OWN_SUITE.matcher(benchmark).matches();
  }

  /// The name for people and for filters: `counting/warm:mode=process-pool,tasks=2`, or
  /// `Class.method:key=value`.
  String id() {
    String values =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(","));
    return name() + (values.isEmpty() ? "" : ":" + values);
  }

  private String name() {
    var own = OWN_SUITE.matcher(benchmark);
    if (own.matches()) {
      String suite = own.group(1).replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      return suite + "/" + own.group(2);
    }
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  /// The arguments that make JMH measure this case and no other.
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("^" + benchmark.replace(".", "\\.").replace("$", "\\$") + "$");
    parameters.forEach((name, value) -> {
      arguments.add("-p");
      arguments.add(name + "=" + value);
    });
    return arguments;
  }
}
