package dev.multijvm.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class CatalogueTest {
  static Stream<Variant> variants() {
    return Catalogue.of(8).points().stream()
        .map(point -> point.in(point.modes().full().getFirst()));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyPointIsABenchmarkWithAllItsParameters(Variant variant) {
    BenchmarkListEntry benchmark =
        benchmark("\\.suite\\." + variant.className() + "\\." + variant.caseName() + "$");

    Set<String> parameters = new TreeSet<>();
    benchmark.getParams().orElse(Map.of()).forEach((name, _) -> parameters.add(name));
    assertThat(parameters).isEqualTo(new TreeSet<>(variant.parameters().keySet()));
  }

  private static BenchmarkListEntry benchmark(String pattern) {
    var found =
        BenchmarkList.defaultList()
            .find(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of(pattern),
                List.of());
    assertThat(found).as(pattern).hasSize(1);
    return found.iterator().next();
  }
}
