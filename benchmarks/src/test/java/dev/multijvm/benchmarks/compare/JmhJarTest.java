package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stranger's jar in all that JMH allows: several benchmarks, groups, states with fields of all
/// kinds, parameters that are enums, and every mode.
class JmhJarTest {
  private static final double NAP_NANOS = 20e6;

  @TempDir private static Path shared;
  private static JmhJar jar = new JmhJar(Path.of(""), "");

  @TempDir private Path directory;

  @BeforeAll
  static void makeJar() throws IOException {
    jar = JmhJar.of(ForeignJar.of(shared, "strange.jar", SOURCE, "org.example.Naps"));
  }

  @Test
  void everyCombinationOfParametersIsACase() throws Exception {
    assertThat(jar.cases(directory.resolve("cases.log")))
        .extracting(Case::id)
        .containsExactlyInAnyOrder(
            "Naps.group",
            "Naps.nap:length=SHORT,text=a=b",
            "Naps.nap:length=SHORT,text=c d",
            "Naps.nap:length=LONG,text=a=b",
            "Naps.nap:length=LONG,text=c d");
  }

  /// Twenty milliseconds are twenty, whether smaller or larger scores are the better ones, and some
  /// more on a busy machine.
  @ParameterizedTest
  @ValueSource(strings = {"thrpt", "avgt", "sample"})
  void everyModeBecomesTimeForOneOperation(String mode) throws Exception {
    Case nap = new Case("org.example.Naps.nap", Map.of("length", "SHORT", "text", "c d"));

    Slot slot = measure(nap, mode);

    assertThat(slot.nanos()).isBetween(NAP_NANOS, 50 * NAP_NANOS);
    assertThat(slot.settings()).containsEntry("mode", mode);
  }

  @Test
  void groupIsMeasuredAsOne() throws Exception {
    Slot slot = measure(new Case("org.example.Naps.group", Map.of()), "avgt");

    assertThat(slot.nanos()).isGreaterThan(NAP_NANOS);
    assertThat(slot.settings()).containsEntry("threads", "3");
  }

  @Test
  void jarThatChangesWhileItIsMeasuredIsNotBelieved() throws Exception {
    Path copy = Files.copy(jar.path(), directory.resolve("changing.jar"));
    JmhJar changing = JmhJar.of(copy);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(0));

    assertThatThrownBy(() ->
            changing.measure(
                new Case("org.example.Naps.group", Map.of()),
                List.of("-wi", "0", "-i", "1", "-r", "10ms"),
                directory.resolve("slot"),
                () -> {}))
        .isInstanceOf(NotValidException.class)
        .hasMessageContaining("was changed while it was measured");
  }

  private Slot measure(Case measured, String mode) throws InterruptedException {
    List<String> settings = List.of("-bm", mode, "-wi", "0", "-i", "1", "-r", "50ms");
    return jar.measure(measured, settings, directory.resolve("slot"), () -> {});
  }

  private static final String SOURCE =
      """
      package org.example;

      import java.util.concurrent.TimeUnit;
      import org.openjdk.jmh.annotations.*;
      import org.openjdk.jmh.infra.Blackhole;

      @BenchmarkMode({Mode.Throughput, Mode.SampleTime})
      @OutputTimeUnit(TimeUnit.SECONDS)
      @Fork(7)
      @Warmup(iterations = 50, time = 1, timeUnit = TimeUnit.MINUTES)
      public class Naps {
        /// Some have a main class of their own. This one lets other runs of JMH be.
        public static void main(String... args) throws Exception {
          System.setProperty("jmh.ignoreLock", "true");
          org.openjdk.jmh.Main.main(args);
        }

        public enum Length { SHORT, LONG }

        @State(Scope.Benchmark)
        public static class Bed {
          @Param public Length length;
          @Param({"a=b", "c d"}) public String text;
          long millis;

          @Setup public void make() {
            if (!text.matches("a=b|c d")) {
              throw new IllegalStateException("not as it was listed: " + text);
            }
            millis = length == Length.SHORT ? 20 : 60;
          }
        }

        @State(Scope.Group)
        public static class Dormitory { volatile int sleepers; }

        @Benchmark public void nap(Bed bed, Blackhole hole) throws InterruptedException {
          Thread.sleep(bed.millis);
          hole.consume(bed);
        }

        @Benchmark @Group @GroupThreads(2)
        public int left(Dormitory room) throws InterruptedException {
          Thread.sleep(20);
          return room.sleepers;
        }

        @Benchmark @Group
        public void right(Dormitory room) throws InterruptedException {
          Thread.sleep(20);
          room.sleepers++;
        }
      }
      """;
}
