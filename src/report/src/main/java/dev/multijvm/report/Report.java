package dev.multijvm.report;

import dev.multijvm.report.chart.Theme;
import dev.multijvm.report.export.BenchmarkActionJson;
import dev.multijvm.report.export.JmhJson;
import dev.multijvm.report.export.VerdictJson;
import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Figures;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.page.Html;
import dev.multijvm.report.page.Markdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// All files made from a run.
final class Report {
  private final Findings findings;
  private final Optional<Baseline> baseline;
  private final List<Figure> figures;

  Report(Findings findings, Optional<Baseline> baseline) {
    this.findings = findings;
    this.baseline = baseline;
    this.figures = Figures.of(findings);
  }

  /// Writes them, the pictures first, so that no page shows one that is not there.
  void write(OutputFiles files) throws IOException {
    Map<String, byte[]> pictures = pictures();
    for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
      files.write(picture.getKey(), picture.getValue());
    }
    if (!pictures.isEmpty()) {
      files.keepOnly("charts", Set.copyOf(pictures.keySet()));
    }
    files.write("report.md", Markdown.of(findings, baseline, figures));
    files.write("report.html", Html.of(findings, baseline, figures));
    files.write("jmh.json", JmhJson.of(findings));
    files.write("benchmark-action.json", BenchmarkActionJson.of(findings));
    files.write("verdict.json", VerdictJson.of(findings, baseline));
  }

  /// Files by name, drawn on all CPUs; drawings for the page are made ready on the way.
  private Map<String, byte[]> pictures() {
    Map<String, byte[]> made = new ConcurrentSkipListMap<>();
    List<Runnable> drawings = new ArrayList<>();
    for (Figure figure : figures) {
      String name = "charts/" + figure.name() + "-";
      drawings.add(() ->
          figure
              .wide()
              .pngs()
              .forEach((theme, png) -> made.put(name + theme.suffix() + ".png", png)));
      for (Theme theme : Theme.values()) {
        drawings.add(() ->
            made.put(
                name + theme.suffix() + ".svg",
                figure.wide().svg(theme).getBytes(StandardCharsets.UTF_8)));
      }
      drawings.add(() -> figure.narrow().inline());
    }
    drawings.parallelStream().forEach(Runnable::run);
    return made;
  }
}
