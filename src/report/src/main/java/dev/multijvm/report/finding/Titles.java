package dev.multijvm.report.finding;

import java.util.ArrayList;
import java.util.List;

/// What a reader calls several variants together.
public final class Titles {
  private Titles() {}

  /// What the titles of the cells have in common: all but a word in their midst, or else the
  /// beginning without a preposition left hanging at its end.
  ///
  /// @param cells at least one
  public static String common(List<Cell> cells) {
    List<String> titles = cells.stream().map(cell -> cell.variant().title()).distinct().toList();
    if (titles.size() == 1) {
      return Wording.pretty(titles.getFirst());
    }
    String common = titles.stream().reduce(Titles::commonWords).orElseThrow();
    String end = titles.stream().reduce(Titles::commonEnd).orElseThrow();
    if (words(end) > 1
        && titles.stream().allMatch(t -> words(t) == words(common) + 1 + words(end))) {
      return Wording.pretty(common + " " + end);
    }
    String whole =
        common.replaceAll("(?i)([\\s,:]+(in|on|over|of|with|by|at|to|and))*[\\s,:]*$", "");
    return Wording.pretty(whole.isEmpty() ? cells.getFirst().variant().suite() : whole);
  }

  private static String commonEnd(String first, String second) {
    return backwards(commonWords(backwards(first), backwards(second)));
  }

  private static String backwards(String text) {
    return String.join(" ", List.of(text.split(" ", -1)).reversed());
  }

  private static int words(String text) {
    return text.isEmpty() ? 0 : text.split(" ", -1).length;
  }

  private static String commonWords(String first, String second) {
    String[] left = first.split(" ", -1);
    String[] right = second.split(" ", -1);
    List<String> common = new ArrayList<>();
    for (int i = 0; i < Math.min(left.length, right.length) && left[i].equals(right[i]); i++) {
      common.add(left[i]);
    }
    return String.join(" ", common);
  }
}
