package dev.multijvm.report.figure;

import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every figure of a run, in the order of a page.
public final class Figures {
  private Figures() {}

  /// Made on all CPUs.
  public static List<Figure> of(Findings findings) {
    Context context = new Context(findings);
    List<Supplier<Stream<Figure>>> figures = new ArrayList<>();
    figures.add(() -> RatioFigure.of(context).stream());
    findings.answers().forEach(answer -> figures.add(() -> of(context, answer)));
    figures.add(() -> SpeedUpFigure.of(context).stream());
    findings.exhibits().stream()
        .filter(ScalingFigure::isAbout)
        .forEach(work -> figures.add(() -> ScalingFigure.all(context, work).stream()));
    figures.add(() -> StartUpFigure.of(context).stream());
    figures.add(() -> FirstAnswerFigure.of(context).stream());
    figures.add(() -> CostFigure.cpu(context).stream());
    figures.add(() -> CostFigure.memory(context).stream());
    figures.add(() -> IdleFigure.of(context).stream());
    figures.add(() -> IdleCpuFigure.of(context).stream());
    figures.add(() -> RecoveryFigure.of(context).stream());
    figures.add(() -> LatencyFigure.all(context).stream());
    figures.add(() -> PartsFigure.all(context).stream());
    findings.exhibits().stream()
        .filter(exhibit -> !ScalingFigure.isAbout(exhibit))
        .forEach(exhibit -> figures.add(() -> TimeFigure.exhibit(context, exhibit).stream()));
    figures.add(() -> CourseFigure.of(context).stream());
    return figures.parallelStream().flatMap(Supplier::get).toList();
  }

  private static Stream<Figure> of(Context context, Answer answer) {
    Workload workload = answer.workload();
    Stream<Figure> time = TimeFigure.of(context, workload, answer.sentence()).stream();
    return workload.hasSweep()
        ? Stream.of(
                time,
                SweepFigure.of(context, workload, answer.sentence()).stream(),
                BreakEvenFigure.of(context, workload).stream())
            .flatMap(figures -> figures)
        : time;
  }
}
