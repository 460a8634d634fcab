package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real revisions of a repository that has nothing to be built.
class RevisionsTest {
  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void makeRepository() throws Exception {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message=base");
    git("commit", "--quiet", "--allow-empty", "--message=head");
  }

  @Test
  void nameThatMeansNothingIsSaidBeforeAnythingIsBuilt() throws Exception {
    assertThatExceptionOfType(NotValidException.class)
        .isThrownBy(() -> revisions().sides("HEAD", "no-such-thing"))
        .withMessageContaining("Neither a file nor a git revision: no-such-thing");

    assertThat(said).isEmpty();
  }

  @Test
  void jarOfTheBaseIsNotThrownAwayForThatOfTheHead() throws Exception {
    Path base = kept(git("rev-parse", "HEAD~1"), Duration.ofDays(100));
    Path oldest = kept("oldest", Duration.ofDays(50));
    for (int i = 0; i < 20; i++) {
      kept("other" + i, Duration.ofDays(i));
    }

    assertThatExceptionOfType(NotValidException.class)
        .isThrownBy(() -> revisions().sides("HEAD~1", "HEAD"))
        .withMessageContaining("HEAD does not build");

    assertThat(base).exists();
    assertThat(oldest).doesNotExist();
  }

  private Revisions revisions() throws IOException {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    return new Revisions(directory, cache(), logs, said::add);
  }

  private Path cache() throws IOException {
    return Files.createDirectories(directory.resolve("cache"));
  }

  private Path kept(String commit, Duration age) throws IOException {
    Path jar = cache().resolve(commit + "-" + Runtime.version() + ".jar");
    Files.writeString(jar, "built earlier");
    return Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(age)));
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of("-c", "user.name=A", "-c", "user.email=a@example.org"));
    command.addAll(List.of(arguments));
    Child child =
        Child.run(command, directory, directory.resolve("git.log"), Duration.ofMinutes(1));
    assertThat(child.status()).as(child.output()).isZero();
    return child.output().strip();
  }
}
