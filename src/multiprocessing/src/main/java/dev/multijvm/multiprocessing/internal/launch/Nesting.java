package dev.multijvm.multiprocessing.internal.launch;

import dev.multijvm.multiprocessing.MultiprocessingException;

/// How many workers the pools of this JVM may have, if this JVM is a worker itself.
///
/// A pool and the pools that its tasks open share one count: four workers for each worker of the
/// pool or each processor, whichever are more. What the pool leaves of it is divided among its
/// workers, whose pools do the same with their part; so nesting ends before the machine does.
public final class Nesting {
  /// The system property that names another count for a pool and those nested in it.
  public static final String PROPERTY = "multijvm.nestedWorkers";

  private static final int WORKERS_EACH = 4;

  /// What this JVM may have; everything, unless it is a worker. Guarded by the class.
  private static int allotted = Integer.MAX_VALUE;

  /// What the pools that are open in this JVM have. Guarded by the class.
  private static int taken;

  private Nesting() {}

  /// Called in a worker before any user code.
  public static synchronized void allot(int workers) {
    allotted = workers;
  }

  /// Takes the workers of a pool that is to be opened.
  ///
  /// @throws MultiprocessingException if this worker may not have so many
  public static synchronized void take(int workers) {
    if (workers > allotted - taken) {
      throw new MultiprocessingException(
          "a task wants a pool of "
              + workers
              + " workers, but of the workers that its own pool shares with pools in its tasks, "
              + (allotted - taken)
              + " are left here (-D"
              + PROPERTY
              + "=count gives the outermost pool and all in it more)");
    }
    taken += workers;
  }

  /// Gives back what [#take] took.
  public static synchronized void giveBack(int workers) {
    taken -= workers;
  }

  /// What each worker of a pool of `workers` may have for pools of its own.
  public static synchronized int part(int workers) {
    return Math.max(0, (count(workers) - workers) / workers);
  }

  private static int count(int workers) {
    if (allotted < Integer.MAX_VALUE) {
      return allotted;
    }
    int most = Math.max(workers, Runtime.getRuntime().availableProcessors());
    return Integer.getInteger(PROPERTY, WORKERS_EACH * most);
  }
}
