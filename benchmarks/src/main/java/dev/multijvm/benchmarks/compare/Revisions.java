package dev.multijvm.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes sides of what people name: a jar as it is, or a git revision, built once outside the
/// checkout.
///
/// Jars of revisions are kept by commit and JDK, the newest few, so that the next comparison need
/// not build its base.
final class Revisions {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final Duration STALE = Duration.ofDays(1);
  private static final int KEPT_JARS = 12;
  private static final String BUILDING = "build-";

  private final Path project;
  private final Path cache;
  private final Path logs;
  private final Consumer<String> say;

  /// @param project a directory of the git repository
  /// @param cache where jars are kept
  /// @param logs where the output of builds is kept
  Revisions(Path project, Path cache, Path logs, Consumer<String> say) {
    this.project = project;
    this.cache = cache;
    this.logs = logs;
    this.say = say;
  }

  /// The cache of this user.
  static Path usersCache() {
    return usersCache(System.getenv(), System.getProperty("user.home"));
  }

  /// The cache of a user, by the XDG convention.
  static Path usersCache(Map<String, String> environment, String home) {
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path root = base.isEmpty() ? Path.of(home, ".cache") : Path.of(base);
    return root.resolve("multijvm").resolve("compare");
  }

  /// Finds or builds what both names name.
  ///
  /// @throws NotValidException if one is neither a jar nor a revision, which is said before
  ///   anything is built, or does not build
  Sides sides(String base, String head) throws InterruptedException {
    List<Named> both = List.of(named(base), named(head));
    return new Sides(side(both.getFirst(), both), side(both.getLast(), both));
  }

  /// What somebody has named.
  ///
  /// @param jar where it is, or will be once it is built
  /// @param commit `null` for a jar as it is
  private record Named(String name, Path jar, @Nullable String commit) {}

  private Named named(String name) throws InterruptedException {
    Path file = Path.of(name).toAbsolutePath().normalize();
    if (Files.isRegularFile(file)) {
      return new Named(name, file, null);
    }
    String commit =
        commit(name)
            .orElseThrow(() ->
                new NotValidException(
                    "Neither a file nor a git revision: " + name,
                    "Name a JMH jar or a revision that `git rev-parse` knows."));
    Path kept = cache.resolve(commit + "-" + Runtime.version() + ".jar");
    return new Named(name.equals(commit) ? abbreviated(commit) : name, kept, commit);
  }

  private Side side(Named wanted, List<Named> both) throws InterruptedException {
    String commit = wanted.commit();
    try {
      if (commit != null && !Files.exists(wanted.jar())) {
        prune(both);
        build(wanted.name(), commit, wanted.jar());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JmhJar jar = JmhJar.of(wanted.jar());
    return new Side(wanted.name(), commit == null ? jar.state() : commit, jar);
  }

  private Optional<String> commit(String name) throws InterruptedException {
    Child answer =
        run(
            "revision",
            SOON,
            "git",
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            name + "^{commit}");
    return Optional.of(answer.output().strip())
        .filter(text -> answer.status() == 0 && text.matches("[0-9a-f]{40,64}"));
  }

  private void build(String name, String commit, Path kept)
      throws IOException, InterruptedException {
    say.accept("building " + name + " (" + abbreviated(commit) + ")");
    Path sources = Files.createTempDirectory(cache, BUILDING);
    try {
      Path archive = sources.resolve("source.tar");
      need(name, run("archive", SOON, "git", "archive", "--output=" + archive, commit));
      need(name, run("unpack", SOON, "tar", "-xf", archive.toString(), "-C", sources.toString()));
      need(name, maven(sources, commit));
      Path built = sources.resolve("benchmarks").resolve("target").resolve("benchmarks.jar");
      if (!Files.isRegularFile(built)) {
        throw new NotValidException(
            name + " builds, but makes no benchmarks/target/benchmarks.jar.",
            "Name a revision that has the module benchmarks, or a JMH jar.");
      }
      Path whole = Files.move(built, sources.resolve("whole.jar"));
      Files.move(whole, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(sources);
    }
  }

  private static String abbreviated(String commit) {
    return commit.substring(0, 10);
  }

  private Child maven(Path sources, String commit) throws InterruptedException {
    List<String> command =
        List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            "--no-transfer-progress",
            "-Dmaven.test.skip=true",
            "--projects",
            "benchmarks",
            "--also-make",
            "package");
    return Child.run(command, sources, logs.resolve("build-" + commit + ".log"), BUILD);
  }

  private static void need(String name, Child child) {
    if (child.status() != 0) {
      String errors =
          child
              .output()
              .lines()
              .filter(line -> line.contains("ERROR") || line.contains("fatal"))
              .limit(8)
              .reduce((all, line) -> all + "\n" + line)
              .orElse(child.tail(8));
      throw new NotValidException(
          name + " does not build:\n" + errors, "Mend it, or name another revision.");
    }
  }

  private Child run(String log, Duration deadline, String... command) throws InterruptedException {
    return Child.run(List.of(command), project, logs.resolve(log + ".log"), deadline);
  }

  /// Removes what an interrupted build left a day ago, and all jars but the newest few and those
  /// that are wanted.
  private void prune(List<Named> wanted) throws IOException {
    Files.createDirectories(cache);
    Instant stale = Instant.now().minus(STALE);
    List<Path> jars;
    try (Stream<Path> entries = Files.list(cache)) {
      List<Path> all = entries.toList();
      for (Path entry : all) {
        if (entry.getFileName().toString().startsWith(BUILDING) && changed(entry).isBefore(stale)) {
          delete(entry);
        }
      }
      jars =
          all.stream()
              .filter(entry -> entry.toString().endsWith(".jar"))
              .filter(entry -> wanted.stream().noneMatch(named -> named.jar().equals(entry)))
              .sorted(Comparator.comparing(Revisions::changed).reversed())
              .toList();
    }
    for (Path jar : jars.subList(Math.min(KEPT_JARS, jars.size()), jars.size())) {
      Files.deleteIfExists(jar);
    }
  }

  private static Instant changed(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
