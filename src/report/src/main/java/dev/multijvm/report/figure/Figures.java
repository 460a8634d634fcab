package dev.multijvm.report.figure;

import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Workload;
import java.util.ArrayList;
import java.util.List;

/// Every figure of a run, in the order of a page.
public final class Figures {
  private Figures() {}

  public static List<Figure> of(Findings findings) {
    Context context = new Context(findings);
    List<Figure> figures = new ArrayList<>();
    RatioFigure.of(context).ifPresent(figures::add);
    for (Answer answer : findings.answers()) {
      Workload workload = answer.workload();
      TimeFigure.of(context, workload, answer.sentence()).ifPresent(figures::add);
      if (workload.hasSweep()) {
        SweepFigure.of(context, workload, answer.sentence()).ifPresent(figures::add);
        BreakEvenFigure.of(context, workload).ifPresent(figures::add);
      }
    }
    SpeedUpFigure.of(context).ifPresent(figures::add);
    findings.exhibits().stream()
        .filter(ScalingFigure::isAbout)
        .forEach(work -> figures.addAll(ScalingFigure.all(context, work)));
    StartUpFigure.of(context).ifPresent(figures::add);
    FirstAnswerFigure.of(context).ifPresent(figures::add);
    CostFigure.cpu(context).ifPresent(figures::add);
    CostFigure.memory(context).ifPresent(figures::add);
    IdleFigure.of(context).ifPresent(figures::add);
    IdleCpuFigure.of(context).ifPresent(figures::add);
    RecoveryFigure.of(context).ifPresent(figures::add);
    LatencyFigure.of(context).ifPresent(figures::add);
    figures.addAll(PartsFigure.all(context));
    findings.exhibits().stream()
        .filter(exhibit -> !ScalingFigure.isAbout(exhibit))
        .forEach(exhibit -> TimeFigure.exhibit(context, exhibit).ifPresent(figures::add));
    CourseFigure.of(context).ifPresent(figures::add);
    return List.copyOf(figures);
  }
}
