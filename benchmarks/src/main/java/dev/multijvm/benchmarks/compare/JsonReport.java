package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import dev.multijvm.statistics.Verdict;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A comparison as JSON, format `multijvm-compare/1`: times in nanoseconds for one operation,
/// changes as ratios of head to base, every pair in the order it was measured.
final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Outcome outcome;

  JsonReport(Outcome outcome) {
    this.outcome = outcome;
  }

  String json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", "multijvm-compare/1");
    root.put("answer", name(outcome.answer()));
    root.put("exitStatus", outcome.answer().exitStatus());
    root.set("base", side(outcome.sides().base()));
    root.set("head", side(outcome.sides().head()));
    root.put("started", outcome.started().toString());
    root.put("jdk", Runtime.version().toString());
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("seed", outcome.seed());
    root.put("margin", outcome.design().margin());
    root.put("same", outcome.design().same());
    root.put("ending", ending(outcome.ending()));
    if (outcome.ending() instanceof Ending.NotValid(String reason)) {
      root.put("reason", reason);
    }
    root.put("disturbedPairs", outcome.disturbed());
    root.put("maxForeignPercent", outcome.tolerance().percent());
    ArrayNode notShared = root.putArray("notShared");
    outcome.notShared().forEach(notShared::add);
    ArrayNode cases = root.putArray("cases");
    outcome.contests().forEach(contest -> cases.add(contest(contest)));
    return MAPPER.writeValueAsString(root) + "\n";
  }

  private static ObjectNode side(Side side) {
    return MAPPER.createObjectNode().put("label", side.label()).put("identity", side.identity());
  }

  private static ObjectNode contest(Contest contest) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", contest.measured().id());
    node.put("benchmark", contest.measured().benchmark());
    ObjectNode parameters = node.putObject("parameters");
    contest.measured().parameters().forEach(parameters::put);
    node.put("verdict", contest.verdict().map(JsonReport::name).orElse("not-measured"));
    contest.verdict().ifPresent(verdict -> verdict(node, verdict));
    put(node, "baseNanos", contest.baseNanos());
    put(node, "headNanos", contest.headNanos());
    put(node, "smallestVisible", contest.smallestVisible());
    node.put("pairsOfFirstSeries", contest.comparison().first().size());
    node.put("pairsOfConfirmation", contest.comparison().confirmation().size());
    ArrayNode pairs = node.putArray("pairs");
    for (Contest.Pair pair : contest.pairs()) {
      pairs.addObject().put("baseNanos", pair.baseNanos()).put("headNanos", pair.headNanos());
    }
    return node;
  }

  private static void verdict(ObjectNode node, Verdict verdict) {
    node.put("ratio", verdict.ratio().estimate());
    switch (verdict.ratio()) {
      case Interval interval ->
          node.put("low", interval.low())
              .put("high", interval.high())
              .put("level", interval.level());
      case Point _ -> {}
    }
    if (verdict instanceof Verdict.Inconclusive(_, int pairsWanted)) {
      node.put("pairsWanted", pairsWanted);
    }
  }

  private static void put(ObjectNode node, String field, OptionalDouble value) {
    value.ifPresent(known -> node.put(field, known));
  }

  private static String name(Outcome.Answer answer) {
    return answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Regressed _ -> "regressed";
      case Verdict.Improved _ -> "improved";
      case Verdict.Same _ -> "same";
      case Verdict.Inconclusive _ -> "inconclusive";
    };
  }

  private static String ending(Ending ending) {
    return switch (ending) {
      case Ending.Decided _ -> "decided";
      case Ending.TimeUp _ -> "time-up";
      case Ending.Interrupted _ -> "interrupted";
      case Ending.NotValid _ -> "not-valid";
    };
  }
}
