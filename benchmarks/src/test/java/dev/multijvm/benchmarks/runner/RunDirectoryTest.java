package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.plan.TinyCatalogue;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path results;
  private RunDirectory latest;
  private RunDirectory previous;

  @BeforeEach
  void name() {
    latest = new RunDirectory(results.resolve("latest"));
    previous = new RunDirectory(results.resolve("previous"));
  }

  @Test
  void aNewRunMovesTheOldOneToPreviousAndDropsTheOneBefore() throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      latest.create();
      latest.write(plan(seed));
    }

    assertThat(latest.plan().seed()).isEqualTo(3);
    assertThat(previous.plan().seed()).isEqualTo(2);
    assertThat(results.toFile().list()).containsExactlyInAnyOrder("latest", "previous");
  }

  @Test
  void aRunOfAnotherNameMovesBesideItself() throws IOException {
    RunDirectory mine = new RunDirectory(results.resolve("mine"));
    for (int seed = 1; seed <= 2; seed++) {
      mine.create();
      mine.write(plan(seed));
    }

    assertThat(new RunDirectory(results.resolve("mine-previous")).plan().seed()).isEqualTo(1);
  }

  @Test
  void whatIsNoRunOfOursIsNeitherMovedNorDeleted() throws IOException {
    Path photograph = latest.path().resolve("photograph.png");
    Files.createDirectories(latest.path());
    Files.writeString(photograph, "dear");

    assertThatThrownBy(latest::create).isInstanceOf(UsageException.class);
    assertThat(photograph).exists();
  }

  @Test
  void aPreviousThatIsNoRunOfOursStaysAndStopsTheNewRun() throws IOException {
    latest.create();
    latest.write(plan(1));
    Files.createDirectories(previous.path());
    Path thesis = Files.writeString(previous.path().resolve("plan.json"), "{\"my\": \"thesis\"}");

    assertThatThrownBy(latest::create).isInstanceOf(UsageException.class);
    assertThat(thesis).exists();
    assertThat(latest.plan().seed()).isEqualTo(1);
  }

  @Test
  void anEmptyDirectoryIsTaken() throws IOException {
    Files.createDirectories(latest.path());

    latest.create();

    assertThat(latest.path().resolve("slots")).isDirectory();
  }

  @Test
  void aRunThatWasKilledWhileItBeganMakesRoomForTheNext() throws IOException {
    latest.create();

    latest.create();
    latest.write(plan(1));

    assertThat(latest.isRun()).isTrue();
    assertThat(previous.isRun()).isFalse();
  }

  @Test
  void whatCannotBeWrittenLeavesNothingHalf() throws IOException {
    latest.create();
    Files.delete(latest.path().resolve("slots"));
    Files.writeString(latest.path().resolve("slots"), "no directory");

    assertThatThrownBy(() -> latest.write(slot(1, 1), "tiny-brief"))
        .isInstanceOf(FileSystemException.class);
    Files.createDirectory(latest.path().resolve("plan.json"));
    Files.createFile(latest.path().resolve("plan.json/something"));
    assertThatThrownBy(() -> latest.write(plan(1))).isInstanceOf(IOException.class);
    assertThat(latest.path().toFile().list())
        .containsExactlyInAnyOrder("slots", "logs", "plan.json");
  }

  @Test
  void slotsComeBackAsTheyWereWritten() throws IOException {
    latest.create();
    SlotRecord second = slot(1, 2);
    SlotRecord first = slot(1, 1);
    latest.write(second, "tiny-brief");
    latest.write(first, "tiny-brief");

    assertThat(latest.slots()).containsExactly(first, second);
    assertThat(latest.path().resolve("slots/001-002-tiny-brief.json"))
        .content()
        .contains("\"format\" : \"multijvm-slot/1\"", "\"status\" : \"valid\"");
  }

  @Test
  void aSlotOfAnEarlierVersionDoesNotKnowItsLimit() throws IOException {
    latest.create();
    latest.write(slot(1, 1), "tiny-brief");
    Path file = latest.path().resolve("slots/001-001-tiny-brief.json");
    String limit = "\"maxForeignPercent\" : 3.0,";
    assertThat(file).content().contains(limit);

    Files.writeString(file, Files.readString(file).replace(limit, ""));

    assertThat(latest.slots())
        .singleElement()
        .satisfies(slot -> {
          assertThat(slot.maxForeignPercent()).isNull();
          assertThat(slot.iterations()).isEqualTo(slot(1, 1).iterations());
        });
  }

  @Test
  void aHalfWrittenSlotIsNotSeenAndACutOffOneIsNamed() throws IOException {
    latest.create();
    Files.writeString(latest.path().resolve("slots/.001-001-x.json.tmp"), "{");
    assertThat(latest.slots()).isEmpty();

    Files.writeString(latest.path().resolve("slots/001-001-x.json"), "{\"format\": \"multi");
    assertThatThrownBy(latest::slots)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("001-001-x.json")
        .hasMessageEndingWith("remove it to have it measured again");
  }

  @Test
  void aFileThatHoldsNothingIsNamed() throws IOException {
    latest.create();
    Files.writeString(latest.path().resolve("slots/001-001-x.json"), "null");

    assertThatThrownBy(latest::slots)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("001-001-x.json: holds nothing");
  }

  @Test
  void aBrokenAnswerOfTheGatesIsNamed() throws IOException {
    latest.create();
    latest.writeHonesty("{\"kernels\": []}");
    assertThat(latest.honesty().verdicts()).isEmpty();

    latest.writeHonesty("{");

    assertThatThrownBy(latest::honesty)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(latest.honestyFile() + ": ");
  }

  @Test
  void plansComeBackAsTheyWereWritten() throws IOException {
    latest.create();
    Plan plan = plan(9);
    latest.write(plan);

    assertThat(latest.plan()).isEqualTo(plan);
    assertThat(latest.path().resolve("plan.json"))
        .content()
        .contains("\"case\" : \"brief\"", "\"role\" : \"workload\"", "\"temperature\" : \"warm\"");
  }

  static Plan plan(long seed) {
    return new Planner(TinyCatalogue.of("brief", "throwing"))
        .plan(
            new Planner.Wish(Effort.QUICK, null, null, List.of(), 2, seed),
            Set.of(),
            Instant.parse("2026-11-21T06:00:00Z"));
  }

  private static SlotRecord slot(int round, int position) {
    return Slots.slot("tiny/brief", round, position, Status.valid);
  }
}
