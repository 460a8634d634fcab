package dev.multijvm.multiprocessing.internal.start;

import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The spares of this JVM: children that are up, have rehearsed and wait at the pipe from this JVM
/// for the record that makes them a worker or a child.
///
/// They lie on a [Shelf] for each command line, because nothing else can be changed once a JVM
/// runs. One thread fills the shelves, one spare after the other, and only after nobody has taken
/// one for a while: who opens a pool needs the processors more. A spare ends with the pipe, so with
/// this JVM.
public final class Spares {
  /// The system property that says how many spares there may be in all.
  static final String PROPERTY = "multijvm.spares";

  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration IDLE_LIFE = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_MILLIS = 2;

  private static final int MOST =
      Integer.getInteger(PROPERTY, Math.max(2, Runtime.getRuntime().availableProcessors()));

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition CHANGED = LOCK.newCondition();

  // Guarded by the lock.

  /// By command line; the one asked for last is the last.
  private static final Map<List<String>, Shelf> SHELVES = new LinkedHashMap<>(8, 0.75f, true);

  private static long lastTakenNanos;
  private static @Nullable Thread filler;

  private Spares() {}

  /// Takes a spare for `command`, and remembers that there should have been one.
  ///
  /// @return a child that waits for its record; `null` if none is ready
  /// @throws IOException if there can be no command line
  static @Nullable ChildJvm take(JvmCommand command) throws IOException {
    LOCK.lock();
    try {
      var shelf = shelf(command);
      shelf.ask(MOST);
      lastTakenNanos = System.nanoTime();
      letFill();
      return shelf.take();
    } finally {
      LOCK.unlock();
    }
  }

  /// Has `count` spares started for `command` and waits until they are ready.
  ///
  /// @return how many are ready: fewer if there may not be so many, if they cannot be started, if
  ///   they had to make room for those of another command or if `timeout` has passed
  /// @throws IOException if there can be no command line
  public static int prepare(JvmCommand command, int count, Duration timeout)
      throws IOException, InterruptedException {
    LOCK.lockInterruptibly();
    try {
      var shelf = shelf(command);
      shelf.wantAtLeast(Math.min(count, MOST));
      lastTakenNanos = System.nanoTime() - QUIET.toNanos();
      letFill();
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (left > 0 && shelf.isShort() && SHELVES.containsValue(shelf)) {
        left = CHANGED.awaitNanos(left);
      }
      return shelf.ready();
    } finally {
      LOCK.unlock();
    }
  }

  /// How many spares wait for `command`.
  public static int ready(JvmCommand command) {
    LOCK.lock();
    try {
      var shelf = SHELVES.get(command.words());
      return shelf == null ? 0 : shelf.ready();
    } catch (IOException _) {
      return 0;
    } finally {
      LOCK.unlock();
    }
  }

  private static Shelf shelf(JvmCommand command) throws IOException {
    return SHELVES.computeIfAbsent(command.words(), _ -> new Shelf(command));
  }

  // Filling

  private static void letFill() {
    CHANGED.signalAll();
    if (filler == null) {
      var thread = new Thread(null, Spares::fill, "multijvm spares", 0, false);
      thread.setDaemon(true);
      thread.start();
      filler = thread; // not one for which there was no room
    }
  }

  private static void fill() {
    try {
      for (var next = awaitShortage(); next != null; next = awaitShortage()) {
        var spare = start(next.command());
        if (spare == null) {
          giveUp(next);
        } else if (!put(next, spare)) {
          spare.close();
        }
      }
    } catch (InterruptedException _) {
      endFilling(); // somebody interrupts all threads of its group; who takes a spare starts
      // another
    }
  }

  private static void endFilling() {
    LOCK.lock();
    try {
      filler = null;
    } finally {
      LOCK.unlock();
    }
  }

  /// The shelf that was asked for last among those that are short; `null` if there has been none
  /// for so long that this thread may end.
  private static @Nullable Shelf awaitShortage() throws InterruptedException {
    LOCK.lockInterruptibly();
    try {
      long idleSince = System.nanoTime();
      while (true) {
        long now = System.nanoTime();
        var next = shortShelf();
        long untilQuiet = lastTakenNanos + QUIET.toNanos() - now;
        long untilEnd = idleSince + IDLE_LIFE.toNanos() - now;
        if (next != null && untilQuiet <= 0) {
          makeRoomFor(next);
          return next;
        }
        if (next == null && untilEnd <= 0) {
          filler = null;
          return null;
        }
        var _ = CHANGED.awaitNanos(next == null ? untilEnd : untilQuiet);
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static @Nullable Shelf shortShelf() {
    Shelf last = null;
    for (var shelf : SHELVES.values()) {
      if (shelf.isShort()) {
        last = shelf;
      }
    }
    return last;
  }

  /// Ends the spares of command lines that nobody has asked for as long, until one more may start.
  private static void makeRoomFor(Shelf needy) {
    int count = SHELVES.values().stream().mapToInt(Shelf::ready).sum();
    Iterator<Shelf> eldestFirst = SHELVES.values().iterator();
    while (count >= MOST && eldestFirst.hasNext()) {
      var shelf = eldestFirst.next();
      if (!shelf.equals(needy)) {
        count -= shelf.clear();
        eldestFirst.remove();
      }
    }
  }

  private static void giveUp(Shelf shelf) {
    LOCK.lock();
    try {
      shelf.wantNone();
      CHANGED.signalAll();
    } finally {
      LOCK.unlock();
    }
  }

  /// Returns whether there was still a place for `spare`.
  private static boolean put(Shelf shelf, ChildJvm spare) {
    LOCK.lock();
    try {
      boolean isWanted = SHELVES.containsValue(shelf) && shelf.isShort();
      if (isWanted) {
        shelf.add(spare);
      }
      CHANGED.signalAll();
      return isWanted;
    } finally {
      LOCK.unlock();
    }
  }

  /// Starts a spare and waits until it is ready; `null` if it does not come to life.
  private static @Nullable ChildJvm start(JvmCommand command) throws InterruptedException {
    try {
      var spareCommand =
          command.withArguments(
              Long.toString(ProcessHandle.current().pid()), Scratch.directory().toString());
      var spare = Starter.start(spareCommand, StartMethod.AUTOMATIC, "spare", "[spare] ").child();
      boolean isReady = false;
      try {
        isReady = awaitReady(spare);
      } finally {
        if (!isReady) {
          spare.close();
        }
      }
      if (isReady) {
        return spare;
      }
      log("a spare did not come to life: " + spare.end());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      log("a spare cannot be started: " + e);
    }
    return null;
  }

  private static void log(String problem) {
    System.getLogger(Spares.class.getName()).log(System.Logger.Level.WARNING, problem);
  }

  private static boolean awaitReady(ChildJvm spare) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    InputStream output = spare.output();
    while (System.nanoTime() < deadline && spare.process().isAlive()) {
      for (int left = output.available(); left > 0; left--) {
        int next = output.read();
        if (next == ChildJvm.READY) {
          spare.ready();
          return true;
        }
        spare.forward(new byte[] {(byte) next}, 0, 1);
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return false;
  }
}
