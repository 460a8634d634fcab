package dev.multijvm.report.export;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.util.Locale;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON that is the same on every machine: two spaces, line feeds, keys in the order they were put.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(INDENTER)
          .withArrayIndenter(INDENTER);

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static String text(JsonNode node) {
    return MAPPER.writer().with(PRINTER).writeValueAsString(node) + "\n";
  }

  /// `value` with seven significant digits: more is noise, and would change with the last bit of a
  /// logarithm.
  static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    return Double.parseDouble(String.format(Locale.ROOT, "%.6e", value));
  }

  /// `estimate`, and `low`, `high` and `level` where there is an interval; they are null where
  /// there is none.
  static ObjectNode estimate(Estimate estimate) {
    ObjectNode node = object();
    switch (estimate) {
      case Interval(double low, double middle, double high, double level) -> {
        node.put("estimate", rounded(middle));
        node.put("low", rounded(low));
        node.put("high", rounded(high));
        node.put("level", rounded(level));
      }
      case Point(double middle, int _, int _) -> {
        node.put("estimate", rounded(middle));
        node.putNull("low");
        node.putNull("high");
        node.putNull("level");
      }
    }
    return node;
  }
}
