package dev.multijvm.multiprocessing.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.internal.dispatch.PoolModel.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All orders in which two or three workers and three tasks can be dispatched, started, answered,
/// recycled, killed and closed, in a [model][PoolModel] of the pool.
@Timeout(60)
class PoolModelTest {

  @ParameterizedTest
  @CsvSource({
    "2, 3, 1000, 1, 1",
    "2, 3, 1000, 3, 1",
    "2, 2, 1, 1, 0",
    "2, 3, 1, 1, 1",
    "3, 3, 1000, 1, 0",
  })
  void whateverComesFirstEachFutureCompletesOnceAndThePoolCanEnd(
      int workers, int tasks, int tasksPerWorker, int ahead, int deaths) {
    var setting = new Setting(workers, tasks, tasksPerWorker, ahead, deaths);

    var seen = explore(setting);

    System.out.printf("%s: %d states, none without a way out%n", setting, seen.states());
    assertThat(seen.ends()).isPositive();
    assertThat(seen.stuck()).isEmpty();
  }

  /// @param states how many there are
  /// @param ends how many of them are ends
  /// @param stuck those from which no end can be reached
  private record Seen(int states, int ends, List<String> stuck) {}

  private static Seen explore(Setting setting) {
    var numbers = new HashMap<String, Integer>();
    var names = new ArrayList<String>();
    var predecessors = new ArrayList<List<Integer>>();
    var ends = new ArrayDeque<Integer>();
    var open = new ArrayDeque<PoolModel>();
    var start = new PoolModel(setting);
    numbers.put(start.toString(), 0);
    names.add(start.toString());
    predecessors.add(new ArrayList<>());
    open.add(start);
    for (int number = 0; !open.isEmpty(); number++) {
      var pool = open.remove();
      if (pool.isOver()) {
        ends.add(number);
      }
      for (var next : pool.next()) {
        var name = next.toString();
        var known = numbers.get(name);
        int at = known == null ? names.size() : known;
        if (known == null) {
          numbers.put(name, at);
          names.add(name);
          predecessors.add(new ArrayList<>());
          open.add(next);
        }
        predecessors.get(at).add(number);
      }
    }
    return new Seen(names.size(), ends.size(), stuck(names, predecessors, ends));
  }

  private static List<String> stuck(
      List<String> names, List<List<Integer>> predecessors, ArrayDeque<Integer> ends) {
    var reach = new BitSet(names.size());
    var open = new ArrayDeque<>(ends);
    while (!open.isEmpty()) {
      int number = open.remove();
      if (!reach.get(number)) {
        reach.set(number);
        open.addAll(predecessors.get(number));
      }
    }
    var stuck = new ArrayList<String>();
    for (int i = reach.nextClearBit(0); i < names.size(); i = reach.nextClearBit(i + 1)) {
      stuck.add(names.get(i));
    }
    return stuck;
  }
}
