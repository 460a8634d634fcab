package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import dev.multijvm.benchmarks.suite.TinySuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The command as a process of its own.
class BenchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aValidRunEndsWithZeroAndLeavesItsFiles() throws Exception {
    Process bench = bench("brief", "--time", "1s", "--seed", "7");

    assertThat(exit(bench)).as(output()).isZero();
    assertThat(run().plan().seed()).isEqualTo(7);
    assertThat(run().environment().format()).isEqualTo("multijvm-environment/1");
    assertThat(run().honestyFile()).exists();
    assertThat(run().slots())
        .singleElement()
        .satisfies(slot -> {
          assertThat(slot.variant()).isEqualTo("tiny/brief");
          assertThat(slot.status()).isEqualTo(Status.valid);
        });
    assertThat(run().path().resolve("slots/001-001-tiny-brief.json")).exists();
    Stop stop = run().stop();
    assertThat(stop)
        .isEqualTo(new Stop(Stop.FORMAT, Stop.Reason.rounds, 1, null, stop.runnerSeconds()));
    assertThat(stop.runnerSeconds()).isPositive();
    assertThat(output())
        .containsPattern(
            "Stopped after 1 round: all of the plan. The runner took \\d+\\.\\d\\d s a slot")
        .contains("is valid.");
  }

  @Test
  void aBenchmarkThatThrowsIsNamedAndTheRunIsNotValid() throws Exception {
    Process bench = bench("brief,throwing", "--time", "1s");

    assertThat(exit(bench)).as(output()).isEqualTo(Bench.NOT_VALID);
    assertThat(output()).contains("tiny/throwing failed in round 1", "the kettle is empty");
    assertThat(run().slots())
        .extracting(SlotRecord::status)
        .containsExactlyInAnyOrder(Status.valid, Status.failed);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void afterKillTheForkEndsAndTheRunGoesOnWhereItWas() throws Exception {
    Process killed = bench("brief,hanging", "--effort", "full", "--seed", "1");
    await(() -> slots() > 0 && forkHangs());
    List<ProcessHandle> forks = killed.descendants().toList();

    killed.destroyForcibly();

    assertThat(forks).isNotEmpty();
    await(() -> forks.stream().noneMatch(ProcessHandle::isAlive));
    List<Path> kept = slotFiles();
    String before = Files.readString(kept.getFirst());

    // Nothing hangs any more: the fork is killed at its deadline, which makes the run not valid,
    // but goes on.
    Process resumed = bench("brief,hanging", "--resume", "--time", "1s");

    assertThat(exit(resumed)).as(output()).isEqualTo(Bench.NOT_VALID);
    assertThat(Files.readString(kept.getFirst())).isEqualTo(before);
    assertThat(slotFiles()).hasSize(2).containsAll(kept);
    assertThat(output()).contains("tiny/hanging failed", "did not end within");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSlotWhoseWorkerOrForkIsKilledIsMeasuredAgainAndTheRunIsValid() throws Exception {
    Process bench = bench("losing,dying", "--time", "1s", "--seed", "1");

    assertThat(exit(bench)).as(output()).isZero();
    assertThat(run().slots())
        .extracting(SlotRecord::status)
        .containsExactly(Status.rejected, Status.rejected, Status.valid, Status.valid);
    assertThat(output()).contains("killed from outside", "2 valid, 2 rejected, 0 failed");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatWasDisturbedInItsRoundToTheLastIsMeasuredInTheTimeThatIsLeft() throws Exception {
    Process bench = bench("dyingOften", "--effort", "smoke", "--time", "60s");

    assertThat(exit(bench)).as(output()).isZero();
    assertThat(run().slots())
        .extracting(SlotRecord::status)
        .containsExactly(Status.rejected, Status.rejected, Status.rejected, Status.valid);
    assertThat(run().slots()).extracting(SlotRecord::round).containsOnly(1);
    assertThat(run().stop().reason()).isEqualTo(Stop.Reason.rounds);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void interruptedItKeepsWhatItHasLeavesNoChildAndSaysHowToGoOn() throws Exception {
    Process bench = bench("brief,hanging", "--effort", "full", "--seed", "1");
    await(() -> slots() > 0 && forkHangs());
    List<ProcessHandle> forks = bench.descendants().toList();

    new ProcessBuilder("kill", "-INT", Long.toString(bench.pid())).start().waitFor();

    assertThat(exit(bench)).as(output()).isEqualTo(130);
    assertThat(forks).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(slotFiles()).hasSize(1);
    assertThat(output()).contains("Interrupted: 1 slots are kept", "--resume");
    assertThat(run().stop().reason()).isEqualTo(Stop.Reason.interruption);
  }

  @Test
  void whatFailedIsOnRecordUntilItHasBeenMeasuredAgain() throws Exception {
    assertThat(exit(bench("brief", "--time", "1s"))).as(output()).isZero();
    run().write(Slots.slot("tiny/brief", 1, 1, Status.rejected), "tiny-brief");
    run().write(Slots.slot("tiny/brief", 1, 3, Status.failed), "tiny-brief");

    Process killed = bench("brief", "--resume");
    await(() -> said("Going on with"));
    killed.destroyForcibly().waitFor();
    assertThat(run().slots()).extracting(SlotRecord::status).contains(Status.failed);

    assertThat(exit(bench("brief", "--resume", "--time", "1s"))).as(output()).isZero();
    assertThat(run().slots())
        .extracting(SlotRecord::status)
        .containsExactly(Status.rejected, Status.valid);
  }

  @Test
  void aMistakeIsToldBeforeAnythingHappens() throws Exception {
    assertThat(exit(bench("brief", "--time", "soon"))).isEqualTo(Bench.USAGE);
    assertThat(output()).contains("--time=soon", "90s, 4m or 1h30m");
    assertThat(exit(bench("brief", "--timme", "4m"))).isEqualTo(Bench.USAGE);
    assertThat(output()).contains("--time");
    assertThat(run().path()).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamedAndEndsWithThree() throws Exception {
    Files.createSymbolicLink(run().path(), directory.resolve("nowhere"));

    assertThat(exit(bench("brief", "--time", "1s"))).isEqualTo(Bench.NOT_VALID);

    assertThat(output())
        .contains("Not valid: " + run().path() + ": something else is in the way")
        .doesNotContain("\tat ");
  }

  /// A catalogue that cannot be made stands for any error of ours.
  @Test
  void whatNobodyForesawIsNotTakenForARegression() {
    Instrument broken =
        new Instrument(
            _ -> {
              throw new IllegalStateException("on purpose");
            },
            Instrument.STANDARD.honesty(),
            Duration.ZERO,
            Duration.ZERO);

    assertThat(new Bench(broken).run("--list")).isEqualTo(Bench.NOT_VALID);
  }

  @Test
  void listPrintsTheVariantsAndMeasuresNothing() throws Exception {
    assertThat(exit(bench("brief,throwing", "--list"))).isZero();

    assertThat(output()).contains("tiny/brief", "tiny/throwing", "6 rounds");
    assertThat(run().path()).doesNotExist();
  }

  private Process bench(String cases, String... arguments) throws IOException {
    // A build in the background of a script ignores SIGINT, and so would all its descendants.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djmh.ignoreLock=true",
            "-cp",
            System.getProperty("java.class.path"),
            TinyBench.class.getName(),
            cases,
            "--max-foreign",
            "100",
            "--out",
            run().path().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().put(TinySuite.ONCE, directory.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private RunDirectory run() {
    return new RunDirectory(directory.resolve("latest"));
  }

  private String output() throws IOException {
    Path output = directory.resolve("output");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  private boolean said(String text) {
    return read(directory.resolve("output")).contains(text);
  }

  private int slots() {
    return slotFiles().size();
  }

  private List<Path> slotFiles() {
    Path slots = run().path().resolve("slots");
    if (!Files.exists(slots)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(slots)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// JMH has said in the log that the first iteration has begun.
  private boolean forkHangs() {
    try (Stream<Path> logs = Files.list(run().path().resolve("logs"))) {
      return logs.filter(log -> log.toString().endsWith("hanging.log"))
          .anyMatch(log -> read(log).contains("Iteration   1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
