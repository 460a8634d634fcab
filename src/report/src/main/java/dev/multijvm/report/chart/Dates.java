package dev.multijvm.report.chart;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round dates for an axis: days, Mondays, beginnings of months and of years.
final class Dates {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
  private static final LocalDate A_MONDAY = LocalDate.of(1970, 1, 5);

  private static final List<Step> STEPS =
      List.of(
          new Step(1, ChronoUnit.DAYS),
          new Step(2, ChronoUnit.DAYS),
          new Step(7, ChronoUnit.DAYS),
          new Step(14, ChronoUnit.DAYS),
          new Step(1, ChronoUnit.MONTHS),
          new Step(2, ChronoUnit.MONTHS),
          new Step(3, ChronoUnit.MONTHS),
          new Step(6, ChronoUnit.MONTHS),
          new Step(12, ChronoUnit.MONTHS),
          new Step(60, ChronoUnit.MONTHS));

  private Dates() {}

  /// A date on an axis.
  ///
  /// @param day since 1970 began
  record Tick(long day, String text) {}

  /// From one tick to the next.
  ///
  /// @param unit days or months
  private record Step(int count, ChronoUnit unit) {
    /// The last date at or before `date` from which steps are counted.
    LocalDate start(LocalDate date) {
      if (unit == ChronoUnit.DAYS) {
        return date.minusDays(Math.floorMod(ChronoUnit.DAYS.between(A_MONDAY, date), count));
      }
      LocalDate year = date.withDayOfYear(1);
      return year.minusYears(Math.floorMod(year.getYear(), Math.max(1, count / 12)));
    }

    DateTimeFormatter format() {
      return unit == ChronoUnit.DAYS ? DAY : MONTH;
    }
  }

  /// The finest dates from day `low` to day `high` that are at most `most`.
  static List<Tick> ticks(double low, double high, int most) {
    List<Tick> ticks = List.of();
    for (Step step : STEPS) {
      ticks = ticks(low, high, step);
      if (ticks.size() <= Math.max(1, most)) {
        return ticks;
      }
    }
    return ticks;
  }

  private static List<Tick> ticks(double low, double high, Step step) {
    LocalDate date = step.start(LocalDate.ofEpochDay((long) Math.ceil(low)));
    List<Tick> ticks = new ArrayList<>();
    for (; date.toEpochDay() <= high; date = date.plus(step.count, step.unit)) {
      if (date.toEpochDay() >= low) {
        ticks.add(new Tick(date.toEpochDay(), step.format().format(date)));
      }
    }
    return List.copyOf(ticks);
  }
}
