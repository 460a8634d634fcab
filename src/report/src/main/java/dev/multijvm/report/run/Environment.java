package dev.multijvm.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The machine, the JDK and the versions of a run, as the runner wrote them down.
///
/// @param json the file's content; an empty object where there is no file
public record Environment(JsonNode json) {
  static final Environment UNKNOWN = new Environment(JsonNodeFactory.instance.objectNode());

  /// Something known about the machine.
  ///
  /// @param name where it stands in the file: `jdk.version`
  public record Fact(String name, String value) {}

  /// Everything the file says, in its order; what it does not know is `unknown`.
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    collect("", json, facts);
    return List.copyOf(facts);
  }

  /// How many CPUs the run could use.
  public OptionalInt cpus() {
    JsonNode cpus = json.at("/cpu/visible");
    return cpus.isInt() ? OptionalInt.of(cpus.asInt()) : OptionalInt.empty();
  }

  /// The CPU's name, or `unknown CPU`.
  public String cpuModel() {
    return text("/cpu/model", "unknown CPU");
  }

  /// The JDK's version, or `unknown JDK`.
  public String jdk() {
    return text("/java/version", "unknown JDK");
  }

  /// Of the sources the run was built from; empty outside a checkout.
  public Optional<String> revision() {
    String revision = text("/git/revision", "");
    return revision.isEmpty() ? Optional.empty() : Optional.of(revision);
  }

  private String text(String pointer, String otherwise) {
    JsonNode found = json.at(pointer);
    return found.isString() && !found.asString().isBlank() ? found.asString().strip() : otherwise;
  }

  private static void collect(String name, JsonNode node, List<Fact> facts) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (!(name.isEmpty() && field.getKey().equals("format"))) {
          collect(
              name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
              field.getValue(),
              facts);
        }
      }
    } else {
      facts.add(new Fact(name, value(node)));
    }
  }

  private static String value(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(Environment::value).collect(Collectors.joining(" "));
    }
    return node.isNull() ? "unknown" : node.isValueNode() ? node.asString() : node.toString();
  }
}
