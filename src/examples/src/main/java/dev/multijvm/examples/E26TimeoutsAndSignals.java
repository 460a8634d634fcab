package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Two processes would sleep for an hour: one is asked to end and cleans up, the other is killed
/// and does not.
public final class E26TimeoutsAndSignals {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private E26TimeoutsAndSignals() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    endWith(ChildProcess::terminate, "terminated");
    endWith(ChildProcess::kill, "killed");
  }

  private static void endWith(Consumer<ChildProcess> ending, String how)
      throws IOException, InterruptedException {
    try (var isUp = SharedEvent.create();
        var child = ChildProcess.start(() -> sleepLong(isUp))) {
      try {
        System.out.println("up in time: " + isUp.await(LONGEST_START));
        System.out.println("ended by itself: " + child.join(Duration.ofMillis(100)));
      } finally {
        ending.accept(child);
      }
      child.join();
      child.exitStatus().ifPresent(status -> System.out.println(how + ": " + status.code()));
    }
  }

  public static void sleepLong(SharedEvent isUp) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("cleaning up")));
    isUp.set();
    Pause.of(Duration.ofHours(1));
  }
}
