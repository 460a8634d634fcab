package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.machine.Environment;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.slot.SlotRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The directory of one run. Files appear in it whole: written beside their place and then renamed.
record RunDirectory(Path path) {
  private static final String LATEST = "latest";
  private static final String PREVIOUS = "previous";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /// Whether there is a run of ours: nothing else is ever moved or deleted.
  boolean isRun() {
    try {
      return Files.exists(planFile()) && plan().format().equals(Plan.FORMAT);
    } catch (IOException | JacksonException _) {
      return false;
    }
  }

  /// Refuses a place that a new run must not take.
  ///
  /// @throws UsageException if something else is there, or where the old run would go
  void checkFree() throws IOException {
    if (Files.exists(path) && !isEmpty(path) && !isRun()) {
      throw new UsageException(path + " is not a run of ours: choose another directory");
    }
    RunDirectory previous = previous();
    if (Files.exists(path) && !isEmpty(path) && Files.exists(previous.path) && !previous.isRun()) {
      throw new UsageException(
          previous.path + " is not a run of ours, so the run in " + path + " cannot move there");
    }
  }

  /// A run that was killed while it began leaves directories without a file.
  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }

  /// Where the run that is here goes when a new one begins.
  private RunDirectory previous() {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    return new RunDirectory(
        path.toAbsolutePath()
            .normalize()
            .resolveSibling(name.equals(LATEST) ? PREVIOUS : name + "-" + PREVIOUS));
  }

  /// Makes room, and moves the run that was here to its place. Only for a new run that begins to
  /// measure.
  void create() throws IOException {
    checkFree();
    if (Files.exists(path) && !isEmpty(path)) {
      RunDirectory previous = previous();
      if (Files.exists(previous.path)) {
        previous.delete();
      }
      Files.move(path, previous.path);
    }
    Files.createDirectories(path.resolve("slots"));
    Files.createDirectories(path.resolve("logs"));
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path planFile() {
    return path.resolve("plan.json");
  }

  Path honestyFile() {
    return path.resolve("honesty.json");
  }

  private Path environmentFile() {
    return path.resolve("environment.json");
  }

  Plan plan() throws IOException {
    return read(planFile(), Plan.class);
  }

  void write(Plan plan) throws IOException {
    write(planFile(), plan);
  }

  Environment environment() throws IOException {
    return read(environmentFile(), Environment.class);
  }

  void write(Environment environment) throws IOException {
    write(environmentFile(), environment);
  }

  private Path stopFile() {
    return path.resolve("stop.json");
  }

  boolean hasStopped() {
    return Files.exists(stopFile());
  }

  void write(Stop stop) throws IOException {
    write(stopFile(), stop);
  }

  Stop stop() throws IOException {
    return read(stopFile(), Stop.class);
  }

  void deleteStop() throws IOException {
    Files.deleteIfExists(stopFile());
  }

  /// Where JMH's output of a slot goes.
  Path log(int round, int position, String fileName) {
    return path.resolve("logs").resolve(name(round, position, fileName) + ".log");
  }

  private static String name(int round, int position, String fileName) {
    return String.format(Locale.ROOT, "%03d-%03d-%s", round, position, fileName);
  }

  void write(SlotRecord slot, String fileName) throws IOException {
    write(slotFile(slot.round(), slot.position(), fileName), slot);
  }

  private Path slotFile(int round, int position, String fileName) {
    return path.resolve("slots").resolve(name(round, position, fileName) + ".json");
  }

  void delete(SlotRecord slot, String fileName) throws IOException {
    Files.delete(slotFile(slot.round(), slot.position(), fileName));
  }

  /// All slots there are, in the order they were measured.
  ///
  /// @throws UsageException if one of them is not what we wrote
  List<SlotRecord> slots() throws IOException {
    try (Stream<Path> files = Files.list(path.resolve("slots"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(RunDirectory::readSlot)
          .toList();
    }
  }

  private static SlotRecord readSlot(Path file) {
    try {
      SlotRecord slot = read(file, SlotRecord.class);
      if (!SlotRecord.FORMAT.equals(slot.format())) {
        throw new UsageException(file + ": not a slot of this version: " + slot.format());
      }
      return slot;
    } catch (UsageException e) {
      throw new UsageException(e.getMessage() + "; remove it to have it measured again");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    return read(file, text -> JSON.readValue(text, type));
  }

  private static <T> T read(Path file, Function<String, @Nullable T> parser) throws IOException {
    try {
      T value = parser.apply(Files.readString(file));
      if (value == null) {
        throw new UsageException(file + ": holds nothing");
      }
      return value;
    } catch (NoSuchFileException _) {
      throw new UsageException(file + ": missing");
    } catch (JacksonException e) {
      throw new UsageException(file + ": " + e.getOriginalMessage());
    }
  }

  private static void write(Path file, Object value) throws IOException {
    write(file, JSON.writeValueAsString(value) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Path half = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(half, text);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // On a full disk: what is half written is no run, and would be in the way of the next.
      deleteQuietly(half, e);
      throw e;
    }
  }

  private static void deleteQuietly(Path file, IOException trouble) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  void writeHonesty(String text) throws IOException {
    write(honestyFile(), text);
  }

  HonestyGate.Answer honesty() throws IOException {
    return read(honestyFile(), HonestyGate::read);
  }
}
