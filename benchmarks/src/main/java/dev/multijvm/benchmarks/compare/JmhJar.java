package dev.multijvm.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;

/// A jar that JMH can run: this project's, or anybody's, unchanged.
///
/// @param path where it lies; it is used in place, because its manifest may name files beside it
/// @param state size and time of change, which must stay as they are while we measure
record JmhJar(Path path, String state) {
  private static final Duration LISTING = Duration.ofMinutes(1);
  private static final Duration SLOT = Duration.ofMinutes(10);
  private static final Duration LOCK = Duration.ofMinutes(30);
  private static final Duration LOCK_PAUSE = Duration.ofSeconds(2);

  /// Benchmarks may read files relative to where people called us.
  private static final Path HERE = Path.of("").toAbsolutePath();

  private static final String LOCKED = "Unable to acquire the JMH lock";

  static JmhJar of(Path path) {
    return new JmhJar(path, state(path));
  }

  /// Everything the jar can measure.
  ///
  /// @throws NotValidException if it is no JMH jar
  SequencedSet<Case> cases(Path log) throws InterruptedException {
    Child listing = Child.run(java(List.of("-lp")), HERE, log, LISTING);
    SequencedSet<Case> cases = Catalogue.parse(listing.output());
    if (listing.status() != 0 || cases.isEmpty()) {
      throw new NotValidException(
          path + " lists no JMH benchmarks. It says:\n" + listing.tail(5),
          "Name a jar that `java -jar " + path.getFileName() + " -lp` lists benchmarks of.");
    }
    return cases;
  }

  /// Measures one slot in a fork of its own.
  ///
  /// @param settings further arguments for JMH
  /// @param files the slot's files are named so, and `.json` or `.log`
  /// @param waits hears that another run of JMH holds its lock
  /// @throws NotValidException if the benchmark fails or the jar has changed
  Slot measure(Case measured, List<String> settings, Path files, Runnable waits)
      throws InterruptedException {
    Path json = files.resolveSibling(files.getFileName() + ".json");
    Path log = files.resolveSibling(files.getFileName() + ".log");
    List<String> arguments = new ArrayList<>(measured.arguments());
    arguments.addAll(List.of("-f", "1", "-wf", "0", "-foe", "true"));
    arguments.addAll(List.of("-rf", "json", "-rff", json.toString()));
    arguments.addAll(settings);
    Child child = runUnlocked(java(arguments), log, waits);
    if (!state(path).equals(state)) {
      throw new NotValidException(
          path + " was changed while it was measured.", "Compare again, and leave the jars alone.");
    }
    return Slot.parse(
            child.status() == 0 && Files.exists(json) ? read(json) : "", measured.benchmark())
        .orElseThrow(() ->
            new NotValidException(
                "The benchmark fails: " + measured.id() + " of " + path + ":\n" + failure(child),
                "Mend it, or leave it out with --exclude. All it printed is in " + log + "."));
  }

  /// JMH runs once at a time on a machine, and simply refuses a second time.
  private Child runUnlocked(List<String> command, Path log, Runnable waits)
      throws InterruptedException {
    long deadline = System.nanoTime() + LOCK.toNanos();
    boolean told = false;
    Child child = Child.run(command, HERE, log, SLOT);
    while (child.status() != 0 && child.output().contains(LOCKED)) {
      if (System.nanoTime() > deadline) {
        throw new NotValidException(
            "Another run of JMH has held its lock for " + LOCK.toMinutes() + " min.",
            "Let it end, then compare again.");
      }
      if (!told) {
        waits.run();
        told = true;
      }
      Thread.sleep(LOCK_PAUSE);
      child = Child.run(command, HERE, log, SLOT);
    }
    return child;
  }

  /// The exception that JMH printed, or else its last words.
  private static String failure(Child child) {
    List<String> lines = child.output().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("(Caused by: )?[\\w.$]+(Exception|Error)\\b.*")) {
        return String.join("\n", lines.subList(i, Math.min(lines.size(), i + 4)));
      }
    }
    return child.tail(5);
  }

  private List<String> java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(path.toString());
    command.addAll(arguments);
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String state(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.size() + " bytes of " + attributes.lastModifiedTime();
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }
}
