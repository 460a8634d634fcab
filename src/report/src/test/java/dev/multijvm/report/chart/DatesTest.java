package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatesTest {
  @Test
  void aFewDaysAreNamedOneByOne() {
    assertThat(texts("2026-11-19", "2026-11-22", 6))
        .containsExactly("19 Nov", "20 Nov", "21 Nov", "22 Nov");
  }

  @Test
  void aMonthIsDividedByMondays() {
    assertThat(texts("2026-11-01", "2026-11-30", 6))
        .containsExactly("2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov");
  }

  @Test
  void aYearIsDividedByMonths() {
    assertThat(texts("2026-02-10", "2026-12-31", 6))
        .containsExactly("Mar 2026", "May 2026", "Jul 2026", "Sep 2026", "Nov 2026");
  }

  @Test
  void manyYearsHaveTheirFirstMonth() {
    assertThat(texts("2021-06-01", "2026-06-01", 6))
        .containsExactly("Jan 2022", "Jan 2023", "Jan 2024", "Jan 2025", "Jan 2026");
  }

  private static List<String> texts(String first, String last, int most) {
    return Dates.ticks(day(first), day(last), most).stream().map(Dates.Tick::text).toList();
  }

  private static double day(String date) {
    return (double) LocalDate.parse(date).toEpochDay();
  }
}
