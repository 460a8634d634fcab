package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.SteppedWorkload;
import org.jspecify.annotations.Nullable;

/// Allocates small objects in steps, of which each is timed: whoever stops the thread, such as a
/// collector, makes a step long.
///
/// @param latencies which all tasks of a batch fill
/// @param steps how many, at least 1
/// @param liveSteps of how many steps the objects stay alive
public record Allocation(Latencies latencies, long steps, int liveSteps)
    implements SteppedWorkload {

  private static final int NODES = 2000;

  public Allocation {
    if (steps < 1 || liveSteps < 1) {
      throw new IllegalArgumentException(
          "steps and liveSteps must be positive: " + steps + ", " + liveSteps);
    }
  }

  /// Some 24 bytes.
  private record Node(long number, @Nullable Node next) {}

  @Override
  public String kernel() {
    return "allocation";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Allocation withSteps(long steps) {
    return new Allocation(latencies, steps, liveSteps);
  }

  /// A cycle for each node, which is written and read again.
  @Override
  public double floorCycles() {
    return NODES;
  }

  /// The sum of the numbers of all nodes: 0 to `steps` x 2000 - 1.
  @Override
  public long answer() {
    long nodes = steps * NODES;
    return nodes * (nodes - 1) / 2;
  }

  @Override
  public Long call() {
    var alive = new Node[liveSteps];
    var nanos = new long[Math.toIntExact(steps)];
    long sum = 0;
    for (int step = 0; step < nanos.length; step++) {
      long start = System.nanoTime();
      var chain = chain((long) step * NODES);
      alive[step % liveSteps] = chain;
      sum += sum(chain);
      nanos[step] = System.nanoTime() - start;
    }
    for (long time : nanos) {
      latencies.add(time);
    }
    return sum;
  }

  private static Node chain(long first) {
    Node chain = new Node(first, null);
    for (long number = first + 1; number < first + NODES; number++) {
      chain = new Node(number, chain);
    }
    return chain;
  }

  private static long sum(Node chain) {
    long sum = 0;
    for (Node node = chain; node != null; node = node.next) {
      sum += node.number;
    }
    return sum;
  }
}
