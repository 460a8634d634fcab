package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.openjdk.jmh.util.Version;

/// Finds out which versions of what take part.
final class Software {
  private static final String POM = "/META-INF/maven/dev.multijvm/benchmarks/pom.properties";

  /// A busy machine answers late. What is unknown would keep a run from being gone on with.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Software() {}

  /// Our own version, which only the built jar knows.
  static Optional<String> ownVersion() {
    try (InputStream in = Software.class.getResourceAsStream(POM)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(POM, e);
    }
  }

  static String jmhVersion() {
    return Version.getPlainVersion();
  }

  /// The revision checked out where the classes lie, if that is a checkout of this project.
  static Optional<Environment.Git> git() {
    return codePlace()
        .flatMap(place ->
            answer(List.of("git", "-C", place.toString(), "rev-parse", "--show-toplevel"))
                .map(Path::of)
                .filter(top -> Files.exists(top.resolve("benchmarks/pom.xml")))
                .flatMap(Software::git));
  }

  private static Optional<Environment.Git> git(Path top) {
    return answer(List.of("git", "-C", top.toString(), "rev-parse", "HEAD"))
        .map(revision ->
            new Environment.Git(
                revision,
                answer(List.of("git", "-C", top.toString(), "status", "--porcelain"))
                    .map(changes -> !changes.isEmpty())
                    .orElse(true)));
  }

  private static Optional<Path> codePlace() {
    CodeSource source = Software.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The interpreter's version, for the page that compares with the tutorials.
  static Optional<String> python() {
    return answer(List.of("python3", "--version"))
        .filter(line -> line.startsWith("Python "))
        .map(line -> line.substring("Python ".length()));
  }

  /// What a program prints if it ends well and soon; empty if it is not there.
  private static Optional<String> answer(List<String> command) {
    try {
      ShortProgram program = ShortProgram.run(command, PATIENCE);
      return program.exit() == 0 ? Optional.of(program.output().strip()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
