package dev.multijvm.report.figure;

import java.util.ArrayList;
import java.util.List;

/// Rows of text under headings. The first column names the row; numbers stand to the right.
///
/// @param columns the headings
/// @param words how many of the columns, from the left, are words
public record Table(List<String> columns, int words, List<List<String>> rows) {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("a row must have " + columns.size() + " cells: " + row);
      }
    }
  }

  /// The same without columns that say nothing in any row.
  public Table withoutEmptyColumns() {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (i < words || rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
        kept.add(i);
      }
    }
    return new Table(
        kept.stream().map(columns::get).toList(),
        words,
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }
}
