package dev.multijvm.report.history;

import dev.multijvm.report.run.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The directory of past runs: a file of JSON lines for each, named after its start.
public final class HistoryFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z.jsonl'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HistoryFiles() {}

  /// What a directory held.
  ///
  /// @param runs by their start
  /// @param troubles files and lines that could not be read, by place
  public record Contents(List<PastRun> runs, List<Trouble> troubles) {
    public Contents {
      runs = List.copyOf(runs);
      troubles = List.copyOf(troubles);
    }
  }

  /// The name of a run's file: the same run added twice is there once.
  public static String name(PastRun run) {
    return NAME.format(run.head().started());
  }

  /// The content of a run's file.
  public static String text(PastRun run) {
    return Stream.concat(Stream.of(run.head()), run.lines().stream())
        .map(line -> MAPPER.writeValueAsString(line) + "\n")
        .collect(Collectors.joining());
  }

  /// Reads all files of a directory; what is broken is a trouble, the rest is read all the same.
  public static Contents read(Path directory) throws IOException {
    List<PastRun> runs = new ArrayList<>();
    List<Trouble> troubles = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        run(file, troubles).ifPresent(runs::add);
      }
    }
    runs.sort(Comparator.comparing(run -> run.head().started()));
    return new Contents(runs, troubles);
  }

  private static Optional<PastRun> run(Path file, List<Trouble> troubles) {
    String name = file.getFileName().toString();
    try {
      List<String> texts = Files.readAllLines(file);
      Optional<PastRun.Head> head =
          texts.isEmpty()
              ? Optional.empty()
              : line(texts.getFirst(), name + ":1", PastRun.Head.class, troubles);
      List<PastRun.Line> lines = new ArrayList<>();
      for (int i = 1; i < texts.size() && head.isPresent(); i++) {
        line(texts.get(i), name + ":" + (i + 1), PastRun.Line.class, troubles)
            .ifPresent(lines::add);
      }
      if (texts.isEmpty()) {
        troubles.add(new Trouble(name, "the file is empty"));
      }
      return head.map(h -> new PastRun(h, lines));
    } catch (IOException e) {
      troubles.add(new Trouble(name, "cannot be read: " + e));
      return Optional.empty();
    }
  }

  private static <T> Optional<T> line(
      String text, String place, Class<T> type, List<Trouble> troubles) {
    try {
      return Optional.of(MAPPER.readValue(text, type));
    } catch (JacksonException e) {
      troubles.add(Trouble.of(place, e));
      return Optional.empty();
    }
  }
}
