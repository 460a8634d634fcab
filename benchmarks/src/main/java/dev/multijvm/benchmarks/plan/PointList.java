package dev.multijvm.benchmarks.plan;

import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Points in the making, added in groups: the points of a group are left out together, those of a
/// later group before those of an earlier one.
final class PointList {
  private final List<Point> points = new ArrayList<>();
  private int priority;

  /// @param firstPriority of the points of the first group
  PointList(int firstPriority) {
    priority = firstPriority;
  }

  /// Adds a point to the group.
  ///
  /// @param name `suite/case`
  /// @param workers the most tasks that run at once
  void add(
      String name,
      Map<String, String> parameters,
      Modes modes,
      Role role,
      Temperature temperature,
      int workers,
      String unit,
      String title,
      int items,
      double seconds) {
    int slash = name.indexOf('/');
    points.add(
        new Point(
            name.substring(0, slash),
            name.substring(slash + 1),
            parameters,
            modes,
            role,
            temperature,
            workers,
            unit,
            title,
            priority,
            seconds,
            items));
  }

  /// Adds a point whose priority is its own.
  void add(Point point) {
    points.add(point);
  }

  int priority() {
    return priority;
  }

  /// Begins the next group.
  void endGroup() {
    priority++;
  }

  List<Point> points() {
    return List.copyOf(points);
  }
}
