package dev.multijvm.benchmarks.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
  @Test
  void classPathPropertiesAndProgramAreNoFlags() {
    assertThat(
            JvmFlags.of(
                List.of(
                    "/opt/jdk/bin/java",
                    "-XX:+UseG1GC",
                    "-cp",
                    "-Xnot.jar",
                    "-Dhome=/root",
                    "-Xmx64m",
                    "-ea",
                    "Main",
                    "-Xargument")))
        .containsExactly("-XX:+UseG1GC", "-Xmx64m", "-ea");
    assertThat(JvmFlags.of(List.of("java", "-Xint", "-jar", "-Xa.jar"))).containsExactly("-Xint");
  }

  @Test
  void pathsAreNotPublished() {
    assertThat(JvmFlags.of(List.of("java", "-XX:CompileCommandFile=/tmp/hints", "Main")))
        .containsExactly("-XX:CompileCommandFile=…");
  }

  @Test
  void heapsAndJmhsHintsMayDiffer() {
    assertThat(
            JvmFlags.differences(
                List.of("-XX:+UseG1GC", "-Xmx700m", "-XX:CompileCommandFile=…", "-ea"),
                List.of("-XX:+UseG1GC", "-Xms64m", "-XX:MaxHeapSize=64m", "-Xlog:disable")))
        .isEmpty();
  }

  @Test
  void collectorsCompilersAndProcessorsMustBeAlike() {
    assertThat(
            JvmFlags.differences(
                List.of("-XX:+UseG1GC", "-XX:ActiveProcessorCount=2"),
                List.of(
                    "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2", "-XX:TieredStopAtLevel=1")))
        .containsExactly("-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }
}
