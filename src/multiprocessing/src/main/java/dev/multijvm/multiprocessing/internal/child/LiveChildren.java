package dev.multijvm.multiprocessing.internal.child;

import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The children that have not ended, so that none is left when this JVM exits: they are asked to
/// end and, a second later, killed.
public final class LiveChildren {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Set<ChildJvm> CHILDREN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Hook());
  }

  private LiveChildren() {}

  public static void add(ChildJvm child) {
    CHILDREN.add(child);
  }

  public static void remove(ChildJvm child) {
    CHILDREN.remove(child);
  }

  private static final class Hook extends Thread {
    Hook() {
      super("multijvm end of children");
    }

    @Override
    public void run() {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (ChildJvm child : CHILDREN) {
        child.terminate();
      }
      try {
        for (ChildJvm child : CHILDREN) {
          child.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
        }
      } catch (InterruptedException e) {
        // Then there is no more patience.
      }
      for (ChildJvm child : CHILDREN) {
        child.close();
      }
    }
  }
}
