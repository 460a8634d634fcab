package dev.multijvm.examples;

import dev.multijvm.multiprocessing.SharedEvent;
import dev.multijvm.multiprocessing.SharedLong;
import dev.multijvm.multiprocessing.SharedSemaphore;
import java.io.IOException;
import java.time.Duration;

/// Five processes wait for an event, then go through a place that a semaphore keeps for two.
public final class E23StartingGunAndTwoPlaces {
  private static final Duration NAP = Duration.ofMillis(50);

  private E23StartingGunAndTwoPlaces() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (var gun = SharedEvent.create();
        var places = SharedSemaphore.owned(2);
        var inside = SharedLong.create(0);
        var most = SharedLong.create(0);
        var finished = SharedLong.create(0);
        var runners = new Children()) {
      try {
        for (var i = 0; i < 5; i++) {
          runners.start(() -> run(gun, places, inside, most, finished));
        }
        System.out.println("finished before the gun: " + finished.get());
      } finally {
        gun.set();
      }
      runners.join();
      System.out.println("finished: " + finished.get());
      System.out.println("never more than two at once: " + (most.get() <= 2));
      System.out.println("places left: " + places.availablePermits());
    }
  }

  public static void run(
      SharedEvent gun,
      SharedSemaphore places,
      SharedLong inside,
      SharedLong most,
      SharedLong finished) {
    try {
      gun.await();
      places.acquire();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting", e);
    }
    try {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Pause.of(NAP);
      inside.decrementAndGet();
    } finally {
      places.release();
    }
    finished.incrementAndGet();
  }
}
