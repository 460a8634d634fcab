package dev.multijvm.multiprocessing.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// What is to happen if something takes too long, to be called off once it is over: until then the
/// [PoolClock] keeps all that this refers to. Guarded by the pool's lock.
final class Alarms {
  private final List<Future<?>> pending = new ArrayList<>(2);

  void add(Future<?> alarm) {
    pending.removeIf(Future::isDone);
    pending.add(alarm);
  }

  void callOff() {
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).cancel(false);
    }
    pending.clear();
  }
}
