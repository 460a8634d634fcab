package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a run's directory; what is missing or broken becomes a [Trouble], the rest is read all the
/// same.
public final class RunReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new Required())
          .build();

  /// What must be there must not be null either, nor must an element of it.
  private static final class Required extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
      JsonProperty property = member.getAnnotation(JsonProperty.class);
      return property != null && property.required()
          ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
          : super.findSetterInfo(config, member);
    }
  }

  private final Path directory;

  /// Added to by all that read slots.
  private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

  private RunReader(Path directory) {
    this.directory = directory;
  }

  /// Reads `directory`; only a directory that cannot be listed is an exception.
  public static Run read(Path directory) throws IOException {
    return new RunReader(directory).run();
  }

  private Run run() throws IOException {
    Environment environment =
        file("environment.json", ObjectNode.class)
            .map(Environment::new)
            .orElse(Environment.UNKNOWN);
    Optional<Plan> written = file("plan.json", Plan.class);
    Honesty honesty = file("honesty.json", Honesty.class).orElse(Honesty.UNKNOWN);
    honesty.kernels().stream()
        .filter(kernel -> !kernel.isHonest())
        .forEach(kernel -> trouble("honesty.json", "not honest: " + kernel.verdict()));
    Optional<Stop> stop =
        Files.exists(directory.resolve("stop.json"))
            ? file("stop.json", Stop.class)
            : Optional.empty();
    List<Slot> slots = slots();
    Plan plan = written.orElseGet(() -> Plan.ofSlots(slots));
    List<Slot> planned = slots.stream().filter(slot -> isPlanned(slot, plan)).toList();
    if (planned.stream().noneMatch(slot -> slot.status() == Status.VALID)) {
      trouble("slots", "there is no valid slot");
    } else {
      plan.variants().forEach(variant -> requireSlot(variant, planned));
    }
    return new Run(
        directory,
        environment,
        plan,
        honesty,
        stop.orElse(null),
        planned,
        troubles.stream().sorted().toList());
  }

  private List<Slot> slots() throws IOException {
    Path folder = directory.resolve("slots");
    if (!Files.isDirectory(folder)) {
      trouble("slots", "the directory is missing");
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .toList()
          .parallelStream()
          .flatMap(file -> slot("slots/" + file.getFileName()).stream())
          .sorted(
              Comparator.comparingInt(Slot::round)
                  .thenComparingInt(Slot::position)
                  .thenComparing(Slot::variant))
          .toList();
    }
  }

  private Optional<Slot> slot(String place) {
    Optional<Slot> slot = file(place, Slot.class);
    slot.filter(s -> s.status() == Status.FAILED)
        .ifPresent(s -> trouble(place, s.variant() + " failed: " + String.join("; ", s.reasons())));
    return slot;
  }

  private boolean isPlanned(Slot slot, Plan plan) {
    Optional<Variant> variant = plan.variant(slot.variant());
    if (variant.isEmpty()) {
      trouble(
          "plan.json",
          "does not name " + slot.variant() + ", which has a slot in round " + slot.round());
      return false;
    }
    if (!variant.get().unit().equals(slot.unit())) {
      trouble(
          "plan.json",
          slot.variant()
              + " is in "
              + variant.get().unit()
              + ", its slot of round "
              + slot.round()
              + " in "
              + slot.unit());
      return false;
    }
    return true;
  }

  /// A variant that failed is a trouble already.
  private void requireSlot(Variant variant, List<Slot> slots) {
    List<Slot> own = slots.stream().filter(s -> s.variant().equals(variant.id())).toList();
    if (own.stream().allMatch(slot -> slot.status() == Status.REJECTED)) {
      trouble("slots", variant.id() + " has no valid slot");
    }
  }

  private <T> Optional<T> file(String place, Class<T> type) {
    Path file = directory.resolve(place);
    try {
      if (!Files.exists(file)) {
        trouble(place, "the file is missing");
      } else if (Files.size(file) == 0) {
        trouble(place, "the file is empty");
      } else {
        Optional<T> read = Optional.ofNullable(MAPPER.readValue(file, type));
        if (read.isEmpty()) {
          trouble(place, "the file is null");
        }
        return read;
      }
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      troubles.add(
          Trouble.of(at == null || at.getLineNr() < 1 ? place : place + ":" + at.getLineNr(), e));
    } catch (IOException e) {
      trouble(place, "cannot be read: " + e);
    }
    return Optional.empty();
  }

  private void trouble(String place, String reason) {
    troubles.add(new Trouble(place, reason));
  }
}
