package dev.multijvm.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what JMH prints for `-lp`: benchmarks and the values of their parameters.
final class Catalogue {
  private static final Pattern PARAMETER = Pattern.compile("\\s+param \"(.+)\" = \\{(.*)}");
  private static final String MODE = "mode";

  private Catalogue() {}

  /// All combinations of parameters of all benchmarks, in the order of the listing.
  static SequencedSet<Case> parse(String listing) {
    SequencedMap<String, SequencedMap<String, List<String>>> benchmarks = new LinkedHashMap<>();
    SequencedMap<String, List<String>> parameters = new LinkedHashMap<>();
    boolean inList = false;
    for (String line : listing.lines().toList()) {
      Matcher parameter = PARAMETER.matcher(line);
      if (line.startsWith("Benchmarks:")) {
        inList = true;
      } else if (inList && parameter.matches()) {
        parameters.put(parameter.group(1), List.of(parameter.group(2).split(", ", -1)));
      } else if (inList && line.matches("[\\w.$]+")) {
        parameters = new LinkedHashMap<>();
        // JMH repeats a benchmark, with its parameters, for each of its modes.
        benchmarks.put(line, parameters);
      }
    }
    SequencedSet<Case> cases = new LinkedHashSet<>();
    benchmarks.forEach((name, values) ->
        combinations(values).forEach(chosen -> cases.add(new Case(name, chosen))));
    return cases;
  }

  private static List<Map<String, String>> combinations(
      SequencedMap<String, List<String>> parameters) {
    SequencedMap<String, List<String>> modeFirst = new LinkedHashMap<>(parameters);
    if (modeFirst.containsKey(MODE)) {
      modeFirst.putFirst(MODE, parameters.get(MODE));
    }
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> parameter : modeFirst.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : parameter.getValue()) {
          Map<String, String> extended = new LinkedHashMap<>(combination);
          extended.put(parameter.getKey(), value);
          longer.add(extended);
        }
      }
      combinations = longer;
    }
    return combinations;
  }
}
