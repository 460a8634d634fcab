package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether each kernel does the work it claims to do.
public record Honesty(
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty(value = "kernels", required = true) List<Kernel> kernels) {
  static final String FORMAT = "multijvm-honesty/1";
  static final Honesty UNKNOWN = new Honesty(FORMAT, List.of());

  /// What the gates saw of one kernel.
  ///
  /// @param suites the classes that run it
  /// @param cyclesPerStep by the ruler
  /// @param floorCycles the cycles under which a step cannot have been executed
  /// @param linearity by how much the time grew when the steps were doubled, and doubled again
  /// @param verdict `honest`, or what speaks against it
  public record Kernel(
      @JsonProperty(value = "kernel", required = true) String kernel,
      @JsonProperty(value = "version", required = true) int version,
      @JsonProperty(value = "suites", required = true) List<String> suites,
      @JsonProperty("answerOk") boolean answerOk,
      @JsonProperty("nanosPerStep") double nanosPerStep,
      @JsonProperty("cyclesPerStep") double cyclesPerStep,
      @JsonProperty("floorCycles") double floorCycles,
      @JsonProperty(value = "linearity", required = true) List<Double> linearity,
      @JsonProperty(value = "verdict", required = true) String verdict) {
    public Kernel {
      suites = List.copyOf(suites);
      linearity = List.copyOf(linearity);
    }

    public boolean isHonest() {
      return verdict.equals("honest");
    }
  }

  /// The kernels of a variant's suite with their versions, `counting-loop/1`; empty where it has
  /// none. Suites are named after their class.
  public String kernels(Variant variant) {
    String suite =
        Stream.of(variant.suite().split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining())
            + "Suite";
    return kernels.stream()
        .filter(
            kernel -> kernel.suites().contains(suite) || kernel.kernel().equals(variant.suite()))
        .map(kernel -> kernel.kernel() + "/" + kernel.version())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  public Honesty {
    Formats.require(FORMAT, format);
    kernels = List.copyOf(kernels);
  }
}
