package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script, on a repository that holds nothing but it and the suite it slows down.
class PlantTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path SCRIPT = Path.of("scripts", "plant");
  private static final Path SUITE =
      Path.of("benchmarks/src/main/java/dev/multijvm/benchmarks/suite/CountingSuite.java");

  @TempDir private Path repository;
  @TempDir private Path logs;

  @BeforeEach
  void makeRepository() throws Exception {
    for (Path file : List.of(SCRIPT, SUITE)) {
      Files.createDirectories(repository.resolve(file).getParent());
      Files.copy(PROJECT.resolve(file), repository.resolve(file));
    }
    git("init", "--quiet");
    git("add", "--all");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "All");
  }

  @Test
  void plantedCommitCountsFurtherAndChangesNothingElse() throws Exception {
    String commit = plant("5");

    assertThat(git("diff", "--unified=0", "HEAD", commit).lines().filter(PlantTest::isChange))
        .containsExactly(
            "-  private static final long STEPS = 100_000_000;",
            "+  private static final long STEPS = 105000000;");
  }

  @Test
  void workTreeAndBranchesStayAsTheyAre() throws Exception {
    String before = git("for-each-ref");

    plant("10");

    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(git("for-each-ref")).isEqualTo(before);
  }

  @Test
  void sameSlowdownIsTheSameCommitAndAnotherIsNot() throws Exception {
    assertThat(plant("5")).isEqualTo(plant("5")).isNotEqualTo(plant("10"));
  }

  @Test
  void nothingPlantedIsAnotherCommitThatCountsAsFar() throws Exception {
    assertThat(git("show", plant("0") + ":" + SUITE)).contains("STEPS = 100000000;");
  }

  @Test
  void whatIsNoPercentageOrNoRevisionIsRefused() throws Exception {
    assertThat(run(script("five")).status()).isEqualTo(2);
    assertThat(run(script("5", "no-such-revision")))
        .isEqualTo(new Child(3, "Not a git revision: no-such-revision\n"));
  }

  private static boolean isChange(String line) {
    return line.matches("[-+] .*");
  }

  private String plant(String percent) throws Exception {
    return succeeding(script(percent)).strip();
  }

  private List<String> script(String... arguments) {
    return command(repository.resolve(SCRIPT).toString(), arguments);
  }

  private String git(String... arguments) throws Exception {
    return succeeding(command("git", arguments));
  }

  private static List<String> command(String program, String... arguments) {
    return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
  }

  private String succeeding(List<String> command) throws Exception {
    Child child = run(command);
    assertThat(child.status()).as(child.output()).isZero();
    return child.output();
  }

  private Child run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(logs, "output", ".log");
    return Child.run(command, repository, log, Duration.ofMinutes(1));
  }
}
