package dev.multijvm.benchmarks.runner;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What can be set, by a property `bench.failOnRegression=true` or an option `--fail-on-regression`
/// of the same name.
enum Setting {
  EFFORT("E", "smoke, quick (default) or full"),
  TIME("T", "measure no longer than this, such as 90s, 4m or 1h30m"),
  INCLUDE("REGEX", "only variants in whose id it is found"),
  MODES("A,B", "only these execution modes"),
  WORKERS("N", "size of the pools; default: the CPUs this JVM sees"),
  OUT("DIR", "where the run goes; default: results/latest"),
  BASELINE("DIR", "a run to compare with"),
  FAIL_ON_REGRESSION("", "end with 1 if slower than the baseline"),
  SEED("N", "of the order of the slots"),
  MAX_FOREIGN(
      "P", "reject slots with more stolen or foreign CPU time than this percentage; default: 3"),
  LIST("", "print the variants and the estimated time; measure nothing"),
  RESUME("", "go on with the run in DIR");

  static final String PREFIX = "bench.";

  private final String label;
  private final String description;

  /// @param label of the value; empty for what is only on or off
  Setting(String label, String description) {
    this.label = label;
    this.description = description;
  }

  boolean isFlag() {
    return label.isEmpty();
  }

  String label() {
    return label;
  }

  String description() {
    return description;
  }

  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String property() {
    StringBuilder property = new StringBuilder(PREFIX);
    boolean first = true;
    for (String word : name().split("_", -1)) {
      String small = word.toLowerCase(Locale.ROOT);
      property.append(first ? small : word.charAt(0) + small.substring(1));
      first = false;
    }
    return property.toString();
  }

  static Optional<Setting> ofProperty(String property) {
    return Arrays.stream(values()).filter(it -> it.property().equals(property)).findFirst();
  }

  /// The setting whose property is spelt most alike.
  static Setting nearest(String property) {
    return Arrays.stream(values())
        .min(
            Comparator.comparingInt(it ->
                distance(
                    it.property().toLowerCase(Locale.ROOT), property.toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  /// How many letters must be inserted, deleted or replaced to come from one word to the other.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
