package dev.multijvm.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// As much of JSON Schema as `verdict.schema.json` uses; a word it does not know is a fault of its
/// own.
final class JsonSchema {
  private static final List<String> WORDS_WITHOUT_EFFECT =
      List.of("$schema", "$id", "$defs", "title", "description");

  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /// Where `value` is not what `schema` says, each with its path; empty if it is.
  static List<String> faults(JsonNode schema, JsonNode value) {
    JsonSchema checker = new JsonSchema(schema);
    checker.check(schema, value, "$");
    return checker.faults;
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    for (Map.Entry<String, JsonNode> word : schema.properties()) {
      JsonNode wanted = word.getValue();
      switch (word.getKey()) {
        case "$ref" -> check(root.at(wanted.asString().substring(1)), value, path);
        case "type" -> require(isOfType(wanted, value), path + " is not " + wanted);
        case "const" -> require(wanted.equals(value), path + " is not " + wanted);
        case "enum" ->
            require(wanted.valueStream().anyMatch(value::equals), path + " is none of " + wanted);
        case "items" -> value.valueStream().forEach(item -> check(wanted, item, path + "[]"));
        case "required" -> {
          if (value.isObject()) {
            wanted.forEach(name -> require(value.has(name.asString()), path + " lacks " + name));
          }
        }
        case "properties" ->
            wanted.properties().stream()
                .filter(property -> value.has(property.getKey()))
                .forEach(property ->
                    check(
                        property.getValue(),
                        value.get(property.getKey()),
                        path + "." + property.getKey()));
        case "additionalProperties" -> checkOthers(schema, wanted, value, path);
        default ->
            require(
                WORDS_WITHOUT_EFFECT.contains(word.getKey()),
                "the schema's word " + word.getKey() + " is not understood");
      }
    }
  }

  private void checkOthers(JsonNode schema, JsonNode wanted, JsonNode value, String path) {
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      if (!schema.path("properties").has(property.getKey())) {
        if (wanted.isObject()) {
          check(wanted, property.getValue(), path + "." + property.getKey());
        } else {
          require(wanted.asBoolean(), path + " has an unknown " + property.getKey());
        }
      }
    }
  }

  private static boolean isOfType(JsonNode wanted, JsonNode value) {
    if (wanted.isArray()) {
      return wanted.valueStream().anyMatch(type -> isOfType(type, value));
    }
    return switch (wanted.asString()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
