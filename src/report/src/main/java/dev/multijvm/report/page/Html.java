package dev.multijvm.report.page;

import static dev.multijvm.report.page.HtmlParts.contents;
import static dev.multijvm.report.page.HtmlParts.each;
import static dev.multijvm.report.page.HtmlParts.escape;
import static dev.multijvm.report.page.HtmlParts.section;
import static dev.multijvm.report.page.HtmlParts.table;
import static dev.multijvm.report.page.HtmlParts.troubles;

import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.run.Run;
import java.util.List;
import java.util.Optional;

/// The report of a run as one page.
public final class Html {
  private Html() {}

  /// The whole of `report.html`.
  public static String of(Findings findings, Optional<Baseline> baseline, List<Figure> figures) {
    return HtmlParts.page(
        "Threads or processes? multijvm, " + findings.run().plan().started(),
        """
        <header>
        <h1>Threads or processes?</h1>
        %s</header>
        <main>
        <section aria-label="The answer">
        %s%s</section>
        %s%s%s%s</main>
        """
            .formatted(
                troubles("run", findings.run().troubles()),
                answers(findings),
                table("All workloads at a glance", Summary.modes(findings)),
                baseline.map(Html::changes).orElse(""),
                contents("charts-1", "Charts", figures),
                each(figures, HtmlParts::figure),
                basis(findings.run())));
  }

  private static String answers(Findings findings) {
    return """
    %s<p class="basis">%s</p>
    """
        .formatted(each(findings.answers(), Html::answer), escape(Summary.basis(findings)));
  }

  private static String answer(Answer answer) {
    return """
    <p class="answer"><strong>%s: %s</strong> %s</p>
    """
        .formatted(
            escape(answer.workload().heading()),
            escape(answer.verdict()),
            escape(answer.details()));
  }

  private static String changes(Baseline baseline) {
    return """
    <section>
    <h2>What has changed?</h2>
    <p>%s</p>
    %s</section>
    """
        .formatted(
            escape(Summary.changed(baseline)),
            table("What has changed?", Summary.changes(baseline)));
  }

  private static String basis(Run run) {
    return section("What it was measured on", Summary.machine(run.environment()), "Unknown.")
        + section("Are the kernels honest?", Summary.honesty(run.honesty()), "Unknown.")
        + section("Slots that are rejected or in doubt", Summary.doubts(run), "None.")
        + section("What was left out", Summary.leftOut(run.plan()), "Nothing.");
  }
}
