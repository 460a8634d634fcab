package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.machine.Environment;
import dev.multijvm.benchmarks.machine.FileTrouble;
import dev.multijvm.statistics.Looks;
import dev.multijvm.statistics.SequentialDesign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The smallest slowdown that can be told from none on this machine, as its last self-test found
/// it. The self-test's file is kept in the user's cache under the machine's name.
///
/// @param tested when
/// @param byPairs as a share, by the most pairs a comparison may take, from the first look on
record Resolution(Instant tested, NavigableMap<Integer, Double> byPairs) {
  static final String FORMAT = "multijvm-selftest/1";
  static final String FIELD = "resolution";
  static final String TESTED = "tested";
  private static final int FEWEST_PAIRS = Looks.GATE.looks().getFirst().pairs();

  Resolution {
    byPairs = new TreeMap<>(byPairs);
    if (byPairs.isEmpty() || byPairs.firstKey() > FEWEST_PAIRS) {
      throw new IllegalArgumentException("no resolution with " + FEWEST_PAIRS + " pairs");
    }
    if (!byPairs.values().stream().allMatch(share -> share > 0 && share < 1)) {
      throw new IllegalArgumentException("resolutions must be between 0 and 1: " + byPairs);
    }
  }

  /// With so many pairs at most, at least as many as the first look wants.
  double with(int mostPairs) {
    return byPairs.floorEntry(mostPairs).getValue();
  }

  /// The design with the margin wanted, or its own where nobody says. That one stays even where it
  /// is finer than what can be told: it then leaves answers open but never makes them false, and a
  /// coarser one would hide what quieter cases show.
  ///
  /// @param wantedPercent `null` where nobody says
  /// @param say hears that the design's own margin is too fine
  /// @throws NotValidException if the margin wanted is
  SequentialDesign design(
      SequentialDesign design, @Nullable Double wantedPercent, Consumer<String> say) {
    int most = design.looks().most();
    // A tenth of a per cent is as fine as a self-test tells.
    double least = Math.ceil(1000 * with(most) - 1e-9) / 1000;
    String seen =
        String.format(
            Locale.ROOT,
            "this machine's self-test of %s cannot tell less than %.1f %% from nothing with %d pairs",
            tested.truncatedTo(ChronoUnit.SECONDS),
            100 * least,
            most);
    if (wantedPercent == null) {
      if (design.margin() < least) {
        say.accept("Expect open answers below that: " + seen + ".");
      }
      return design;
    }
    if (wantedPercent / 100 < least) {
      throw new NotValidException(
          "A margin of " + wantedPercent + " % is too fine: " + seen + ".",
          String.format(
              Locale.ROOT,
              "Ask for --margin %.1f or more%s, or run scripts/bench selftest again on a quieter machine.",
              100 * least,
              most < byPairs.lastKey() ? ", allow more --pairs" : ""));
    }
    return design.withMargin(wantedPercent / 100);
  }

  /// What the last self-test of this machine found; empty where there was none, or its file is
  /// broken.
  ///
  /// @param say hears why nothing is known
  static Optional<Resolution> here(Path cache, Consumer<String> say) {
    Path place = place(cache);
    try {
      return Optional.of(parse(Files.readString(place)));
    } catch (NoSuchFileException _) {
      say.accept(
          "No self-test of this machine and JDK yet: scripts/bench selftest tells what it can see.");
    } catch (IOException e) {
      say.accept(ignored(place, FileTrouble.text(e)));
    } catch (JacksonException e) {
      say.accept(ignored(place, e.getOriginalMessage()));
    } catch (IllegalArgumentException | DateTimeException e) {
      say.accept(ignored(place, e.getMessage()));
    }
    return Optional.empty();
  }

  private static String ignored(Path file, @Nullable String reason) {
    return "Ignoring the self-test in %s: %s. scripts/bench selftest makes a new one."
        .formatted(file, reason);
  }

  private static Resolution parse(String json) {
    JsonNode root = JsonMapper.shared().readTree(json);
    String format = root.path("format").asString("");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("its format is not " + FORMAT + " but '" + format + "'");
    }
    NavigableMap<Integer, Double> byPairs = new TreeMap<>();
    root.path(FIELD)
        .properties()
        .forEach(entry ->
            byPairs.put(Integer.valueOf(entry.getKey()), entry.getValue().asDouble(Double.NaN)));
    return new Resolution(Instant.parse(root.path(TESTED).asString("")), byPairs);
  }

  /// Keeps the self-test whose file that is.
  static void keep(Path selftest, Path cache) throws IOException {
    Path place = place(cache);
    Files.createDirectories(cache);
    Path half = Files.createTempFile(cache, "selftest-", ".tmp");
    Files.copy(selftest, half, StandardCopyOption.REPLACE_EXISTING);
    Files.move(half, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path place(Path cache) {
    String machine = Environment.here(Instant.EPOCH, List.of()).machine();
    return cache.resolve("selftest-" + hash(machine) + ".json");
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
