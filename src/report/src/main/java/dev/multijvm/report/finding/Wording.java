package dev.multijvm.report.finding;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Numbers in words: three significant digits, the same everywhere, whatever the machine's
/// language.
public final class Wording {
  private static final Pattern LARGE = Pattern.compile("\\b\\d{5,15}\\b");
  private static final Pattern POWER = Pattern.compile("\\^([0-9]+)");
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Wording() {}

  /// `0.513`, `1.02`, `18.3`, `183`, `1,830`.
  public static String number(double value) {
    return fixed(value, decimals(value));
  }

  /// `value` with that many digits after the point, thousands apart; never `-0`.
  public static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.matches("-[0.,]*") ? text.substring(1) : text.replace('-', '−');
  }

  /// `0.51`, `1.02`, `18.3`, `183`: a ratio with at least two digits after the point below ten.
  public static String ratio(double value) {
    return fixed(value, ratioDecimals(value));
  }

  /// `0.51 [0.50, 0.53]`, or `0.51 (5 rounds)` where there is no interval.
  public static String ratio(Estimate ratio) {
    return withLimits(ratio, ratioDecimals(ratio.estimate()));
  }

  /// `183 [180, 186]`, or `183 (5 rounds)` where there is no interval.
  public static String estimate(Estimate estimate) {
    double size =
        switch (estimate) {
          case Interval(double low, double _, double high, double _) ->
              Math.max(Math.abs(low), Math.abs(high));
          case Point(double middle, int _, int _) -> middle;
        };
    return withLimits(estimate, decimals(size));
  }

  /// `183 [180, 186] ms`, or `183 ms` where there is no interval.
  public static String estimate(Estimate estimate, String unit) {
    String number = estimate instanceof Interval ? estimate(estimate) : number(estimate.estimate());
    return number + " " + unit;
  }

  /// `[180, 186]`, or nothing where there is no interval.
  public static String limits(Estimate estimate) {
    return bracketed(estimate(estimate));
  }

  /// `[0.50, 0.53]`, or nothing where there is no interval.
  public static String ratioLimits(Estimate ratio) {
    return bracketed(ratio(ratio));
  }

  /// `96.9 %`.
  public static String percent(double share) {
    String text = fixed(100 * share, 1);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
  }

  /// `12.3 million/s`, `450 k/s`, `80/s`.
  public static String rate(double perSecond) {
    return perSecond >= 999_500
        ? number(perSecond / 1e6) + " million/s"
        : perSecond >= 999.5 ? number(perSecond / 1e3) + " k/s" : number(perSecond) + "/s";
  }

  /// `6 rounds`, `1 round`.
  public static String count(int count, String noun) {
    return fixed(count, 0) + " " + noun + (count == 1 ? "" : "s");
  }

  /// A time in the unit that suits it: `183 ms`, `1.83 s`, `18.3 us`.
  public static String millis(double millis) {
    return Scale.of(millis).text(millis);
  }

  /// Numbers as one writes them by hand: `2x10^8` becomes `2×10⁸`, and `10000` becomes `10,000`.
  public static String pretty(String text) {
    return POWER
        .matcher(
            LARGE
                .matcher(text.replaceAll("(?<=\\d) ?[x*] ?(?=\\d)", "×"))
                .replaceAll(
                    large -> String.format(Locale.ROOT, "%,d", Long.parseLong(large.group()))))
        .replaceAll(power ->
            power
                .group(1)
                .chars()
                .mapToObj(digit -> SUPERSCRIPTS.substring(digit - '0', digit - '0' + 1))
                .collect(Collectors.joining()));
  }

  /// `64 bytes`, `1 KiB`, `16 MiB`: in the largest unit of which there is a whole number.
  public static String bytes(int bytes) {
    return bytes > 0 && bytes % (1 << 20) == 0
        ? fixed(bytes >> 20, 0) + " MiB"
        : bytes > 0 && bytes % (1 << 10) == 0
            ? fixed(bytes >> 10, 0) + " KiB"
            : count(bytes, "byte");
  }

  public static String capitalized(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String bracketed(String text) {
    int bracket = text.indexOf('[');
    return bracket < 0 ? "" : text.substring(bracket);
  }

  private static String withLimits(Estimate estimate, int decimals) {
    return switch (estimate) {
      case Interval(double low, double middle, double high, double _) ->
          "%s [%s, %s]"
              .formatted(fixed(middle, decimals), fixed(low, decimals), fixed(high, decimals));
      case Point(double middle, int observed, int _) ->
          fixed(middle, decimals) + " (" + count(observed, "round") + ")";
    };
  }

  private static int decimals(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return 0;
    }
    return size < 0.0995 ? 4 : size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  }

  private static int ratioDecimals(double value) {
    return value < 0.000_995
        ? 5
        : value < 0.009_95 ? 4 : value < 0.0995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  }
}
