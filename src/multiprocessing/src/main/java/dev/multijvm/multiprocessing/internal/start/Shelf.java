package dev.multijvm.multiprocessing.internal.start;

import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The spares of one command line, as many as were once wanted before the shelf could be filled.
/// Guarded by the lock of [Spares].
final class Shelf {
  private final JvmCommand command;
  private final ArrayDeque<ChildJvm> ready = new ArrayDeque<>();
  private int wanted;
  private int askedSinceFull;

  Shelf(JvmCommand command) {
    this.command = command;
  }

  JvmCommand command() {
    return command;
  }

  /// Somebody asks for one: a pool of four asks four times in a row.
  void ask(int most) {
    askedSinceFull++;
    wanted = Math.min(most, Math.max(wanted, askedSinceFull));
  }

  void wantAtLeast(int count) {
    wanted = Math.max(wanted, count);
  }

  /// Until somebody asks again.
  void wantNone() {
    wanted = 0;
    askedSinceFull = 0;
  }

  boolean isShort() {
    return ready() < wanted;
  }

  /// How many are alive; those that died while they waited are forgotten.
  int ready() {
    ready.removeIf(spare -> !spare.process().isAlive());
    return ready.size();
  }

  void add(ChildJvm spare) {
    ready.add(spare);
    if (!isShort()) {
      askedSinceFull = 0;
    }
  }

  @Nullable ChildJvm take() {
    return ready() == 0 ? null : ready.remove();
  }

  /// Ends all and returns how many that were.
  int clear() {
    int count = ready.size();
    ready.forEach(ChildJvm::kill);
    ready.clear();
    return count;
  }
}
