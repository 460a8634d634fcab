package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Planner;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The values of the settings, each known by the name under which somebody gave it, and checked
/// when it is asked for.
final class Settings {
  private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
  private static final double DEFAULT_MAX_FOREIGN = 3;
  private static final long MOST_SEEDS = 1_000_000_000;

  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);

  private record Given(String name, String value) {
    UsageException wrong(String allowed) {
      return new UsageException(name + "=" + value + ": must be " + allowed);
    }
  }

  /// Sets what a command-line option says; it goes before a property.
  void option(Setting setting, String value) {
    given.put(setting, new Given(setting.option(), value));
  }

  /// Sets what the properties say. A value that Maven left empty is not set.
  ///
  /// @throws UsageException if there is a `bench.*` that is none of ours; the message names the
  ///   nearest
  void properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    for (String name : properties.stringPropertyNames().stream().sorted().toList()) {
      if (name.startsWith(Setting.PREFIX)) {
        Setting setting =
            Setting.ofProperty(name)
                .orElseThrow(() ->
                    new UsageException(
                        "there is no "
                            + name
                            + ": did you mean "
                            + Setting.nearest(name).property()
                            + "?"));
        given.putIfAbsent(setting, new Given(name, properties.getProperty(name)));
      }
    }
  }

  private Optional<Given> get(Setting setting) {
    return Optional.ofNullable(given.get(setting)).filter(it -> !it.value.isEmpty());
  }

  Effort effort() {
    return get(Setting.EFFORT)
        .map(it -> Effort.of(it.value).orElseThrow(() -> it.wrong("one of " + Effort.ids())))
        .orElse(Effort.QUICK);
  }

  @Nullable Duration time() {
    return get(Setting.TIME).map(Settings::duration).orElse(null);
  }

  private static Duration duration(Given it) {
    Matcher matcher = DURATION.matcher(it.value);
    UsageException wrong = it.wrong("a duration such as 90s, 4m or 1h30m");
    if (!matcher.matches()) {
      throw wrong;
    }
    try {
      Duration duration =
          Duration.ofHours(number(matcher.group(1)))
              .plusMinutes(number(matcher.group(2)))
              .plusSeconds(number(matcher.group(3)));
      if (duration.isPositive()) {
        return duration;
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // Too large: told below.
    }
    throw wrong;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Nullable Pattern include() {
    return get(Setting.INCLUDE).map(Settings::pattern).orElse(null);
  }

  private static Pattern pattern(Given it) {
    try {
      return Pattern.compile(it.value);
    } catch (PatternSyntaxException e) {
      throw it.wrong(
          "a regular expression that is found in ids such as counting/warm:mode=process-pool,tasks=2 ("
              + e.getDescription()
              + ")");
    }
  }

  List<String> modes() {
    return get(Setting.MODES).map(Settings::modes).orElse(List.of());
  }

  private static List<String> modes(Given it) {
    List<String> modes = Arrays.stream(it.value.split(",", -1)).map(String::strip).toList();
    if (!Planner.MODES.containsAll(modes)) {
      throw it.wrong("some of " + String.join(",", Planner.MODES));
    }
    return modes;
  }

  int workers() {
    return get(Setting.WORKERS)
        .map(it -> {
          if (!it.value.matches("[1-9]\\d{0,3}")) {
            throw it.wrong("a number from 1 to 9999");
          }
          return Integer.valueOf(it.value);
        })
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  Path out() {
    return path(Setting.OUT).orElse(Path.of("results", "latest"));
  }

  Optional<Path> baseline() {
    Optional<Path> baseline = path(Setting.BASELINE);
    if (baseline.isPresent() && !new RunDirectory(baseline.get()).isRun()) {
      throw new UsageException(
          name(Setting.BASELINE) + "=" + baseline.get() + ": must be the directory of a run");
    }
    return baseline;
  }

  private Optional<Path> path(Setting setting) {
    return get(setting)
        .map(it -> {
          try {
            return Path.of(it.value);
          } catch (InvalidPathException _) {
            throw it.wrong("a directory");
          }
        });
  }

  Optional<Long> seed() {
    return get(Setting.SEED)
        .map(it -> {
          if (!it.value.matches("\\d{1,15}")) {
            throw it.wrong("a number with at most 15 digits");
          }
          return Long.valueOf(it.value);
        });
  }

  /// Above this percentage of stolen or foreign CPU time a slot is rejected.
  double maxForeign() {
    return get(Setting.MAX_FOREIGN)
        .map(it -> {
          if (!it.value.matches("\\d{1,3}(\\.\\d{1,6})?")) {
            throw it.wrong("a percentage such as 3");
          }
          return Double.valueOf(it.value);
        })
        .orElse(DEFAULT_MAX_FOREIGN);
  }

  boolean failOnRegression() {
    boolean fail = flag(Setting.FAIL_ON_REGRESSION);
    if (fail && baseline().isEmpty()) {
      throw new UsageException(
          name(Setting.FAIL_ON_REGRESSION)
              + " needs a run to compare with: set "
              + Setting.BASELINE.property()
              + " or "
              + Setting.BASELINE.option());
    }
    return fail;
  }

  boolean list() {
    return flag(Setting.LIST);
  }

  boolean resume() {
    return flag(Setting.RESUME);
  }

  private boolean flag(Setting setting) {
    return get(setting)
        .map(it -> {
          if (!it.value.matches("true|false")) {
            throw it.wrong("true or false");
          }
          return Boolean.valueOf(it.value);
        })
        .orElse(false);
  }

  /// The name under which the setting was given.
  private String name(Setting setting) {
    return get(setting).map(Given::name).orElse(setting.property());
  }

  /// What is to be planned; without a seed, one by the clock.
  Planner.Wish wish() {
    return new Planner.Wish(
        effort(),
        time(),
        include(),
        modes(),
        workers(),
        seed().orElseGet(() -> System.currentTimeMillis() % MOST_SEEDS));
  }

  /// Reads every value once, so that a mistake is told before anything happens.
  void check() {
    effort();
    time();
    include();
    modes();
    workers();
    out();
    baseline();
    seed();
    maxForeign();
    failOnRegression();
    list();
    if (resume()) {
      for (Setting fixed :
          List.of(Setting.EFFORT, Setting.INCLUDE, Setting.MODES, Setting.WORKERS, Setting.SEED)) {
        if (get(fixed).isPresent()) {
          throw new UsageException(
              name(Setting.RESUME) + " goes on with the plan there is: leave out " + name(fixed));
        }
      }
    }
  }
}
