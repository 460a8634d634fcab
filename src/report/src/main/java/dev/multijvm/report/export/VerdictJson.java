package dev.multijvm.report.export;

import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Plan;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `verdict.json`: everything the report concludes, as `verdict.schema.json` describes it.
public final class VerdictJson {
  static final String FORMAT = "multijvm-verdict/1";

  private VerdictJson() {}

  /// The whole file.
  public static String of(Findings findings, Optional<Baseline> baseline) {
    ObjectNode root = Json.object();
    root.put("format", FORMAT);
    root.put("valid", findings.run().isValid());
    ArrayNode troubles = root.putArray("troubles");
    findings
        .run()
        .troubles()
        .forEach(trouble ->
            troubles.addObject().put("place", trouble.place()).put("reason", trouble.reason()));
    root.set("run", run(findings));
    ArrayNode workloads = root.putArray("workloads");
    findings.answers().forEach(answer -> workloads.add(workload(answer)));
    ArrayNode variants = root.putArray("variants");
    findings.cells().forEach(cell -> variants.add(variant(cell, findings)));
    root.set("ceiling", ceiling(findings));
    root.set("baseline", baseline.map(VerdictJson::baseline).orElse(null));
    return Json.text(root);
  }

  private static ObjectNode run(Findings findings) {
    Plan plan = findings.run().plan();
    return Json.object()
        .put("started", plan.started())
        .put("effort", plan.effort())
        .put("seed", plan.seed())
        .put("workers", plan.workers())
        .put("roundsPlanned", plan.rounds())
        .put("roundsComplete", findings.completeRounds())
        .put("cpu", findings.run().environment().cpuModel())
        .put("jdk", findings.run().environment().jdk());
  }

  private static ObjectNode workload(Answer answer) {
    Workload workload = answer.workload();
    ObjectNode node =
        Json.object()
            .put("id", workload.id())
            .put("title", workload.title())
            .put("outcome", answer.outcome().key())
            .put("sentence", answer.sentence());
    if (workload.hasSweep()) {
      node.putObject("point").put(workload.sweep(), workload.point());
    } else {
      node.putNull("point");
    }
    ObjectNode ratios = node.putObject("ratios");
    ratio(ratios, "processPoolToSingleThread", workload, Mode.PROCESS_POOL, Mode.SINGLE_THREAD);
    ratio(ratios, "processPoolToThreadPool", workload, Mode.PROCESS_POOL, Mode.THREAD_POOL);
    ratio(ratios, "threadPoolToSingleThread", workload, Mode.THREAD_POOL, Mode.SINGLE_THREAD);
    ObjectNode startUp = node.putObject("startUpMillis");
    workload
        .modes()
        .forEach(mode ->
            Answer.startUp(workload, mode)
                .ifPresent(cost -> startUp.set(mode.key(), Json.estimate(cost))));
    return node;
  }

  private static void ratio(
      ObjectNode ratios, String name, Workload workload, Mode numerator, Mode denominator) {
    ratios.set(
        name, Answer.ratio(workload, numerator, denominator).map(Json::estimate).orElse(null));
  }

  private static ObjectNode variant(Cell cell, Findings findings) {
    ObjectNode node =
        Json.object()
            .put("id", cell.variant().id())
            .put("role", cell.variant().role().toString())
            .put("rounds", cell.rounds());
    node.set("millis", cell.isEmpty() ? null : Json.estimate(cell.millis()));
    node.set(
        "toRuler",
        findings.ruler().flatMap(cell::ratioTo).map(r -> Json.estimate(r.ratio())).orElse(null));
    put(node, "cpuMillis", cell.cpuMillis());
    put(node, "pssMiB", cell.pssMiB());
    put(node, "peakMiB", cell.peakMiB());
    return node;
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, Json.rounded(value.getAsDouble()));
    } else {
      node.putNull(name);
    }
  }

  private static @Nullable ObjectNode ceiling(Findings findings) {
    return findings
        .ceiling()
        .map(ceiling -> {
          ObjectNode node = Json.object().put("workers", ceiling.workers());
          node.set("speedUp", Json.estimate(ceiling.speedUp()));
          return node;
        })
        .orElse(null);
  }

  private static ObjectNode baseline(Baseline baseline) {
    ObjectNode node =
        Json.object()
            .put("started", baseline.run())
            .put("comparable", baseline.isComparable())
            .put("margin", Baseline.MARGIN)
            .put("regressed", baseline.hasRegressed());
    ArrayNode changes = node.putArray("changes");
    for (Baseline.Change change : baseline.changes()) {
      ObjectNode entry =
          changes
              .addObject()
              .put("id", change.cell().variant().id())
              .put("verdict", change.verdict().key());
      entry.set("ratio", Json.estimate(change.ratio()));
    }
    return node;
  }
}
