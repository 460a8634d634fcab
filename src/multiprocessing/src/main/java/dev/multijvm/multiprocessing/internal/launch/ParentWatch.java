package dev.multijvm.multiprocessing.internal.launch;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Ends this JVM soon after its parent has ended, whatever its other threads are doing.
///
/// The kernel gives an orphan another parent at the instant the old one dies, before the old one is
/// even reaped. So one number in `/proc/self/stat` says it all, and a reused pid cannot deceive: it
/// does not make its new bearer our parent. Where there is no `/proc`, the JDK's `ProcessHandle` is
/// asked instead; it also has the last word.
///
/// As looking twice a second is most of what an idle worker does, all this is asked only where the
/// parent's `statm` no longer shows any memory, which takes half the time to read. The open file
/// means the process that was our parent when it was opened, whoever has its pid later.
///
/// It is armed before any user code and uses neither lambdas nor classes that a JVM does not load
/// anyhow.
public final class ParentWatch extends Thread {
  /// What this JVM exits with when its parent has gone; nobody is left to see it.
  public static final int ORPHANED = 127;

  private static final long PERIOD_NANOS = 500_000_000;

  /// Guarded by the class.
  private static boolean isArmed;

  private final long parent;

  private ParentWatch(long parent) {
    super(null, null, "multijvm parent watch", 0, false);
    this.parent = parent;
    setDaemon(true);
  }

  /// Starts to watch, and halts at once if the parent has gone already. Only the first call counts.
  ///
  /// @param parent the pid of the process that started this one, as that process knows it
  public static synchronized void arm(long parent) {
    if (!isArmed) {
      isArmed = true;
      new ParentWatch(parent).start();
    }
  }

  @Override
  public void run() {
    try {
      watch();
    } finally {
      Runtime.getRuntime().halt(ORPHANED);
    }
  }

  private void watch() {
    // Not `+`, which would link lambdas at boot.
    RandomAccessFile memory = open("/proc/".concat(Long.toString(parent)).concat("/statm"));
    boolean isOurs = parentByStat() == parent;
    while ((isOurs && hasMemory(memory))
        || parentByStat() == parent
        || parentByHandle() == parent) {
      // Not Thread.sleep, which loads classes that no cache holds.
      LockSupport.parkNanos(PERIOD_NANOS);
      // Whoever interrupts all threads does not mean this one.
      var _ = Thread.interrupted();
    }
  }

  private static @Nullable RandomAccessFile open(String file) {
    try {
      return new RandomAccessFile(file, "r");
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /// Whether a process still has memory, which it gives up before all else that it has: `statm`
  /// begins with its size in pages, and cannot be read once it has been reaped.
  private static boolean hasMemory(@Nullable RandomAccessFile statm) {
    if (statm == null) {
      return false;
    }
    try {
      statm.seek(0);
      return statm.read() > '0';
    } catch (IOException e) {
      return false;
    }
  }

  /// The parent's pid as `/proc` has it; -1 if it cannot say.
  private static long parentByStat() {
    try (FileInputStream stat = new FileInputStream("/proc/self/stat")) {
      byte[] line = new byte[128];
      return parentIn(line, stat.read(line));
    } catch (IOException e) {
      return -1;
    }
  }

  /// The slow way, for systems without `/proc` and for one that was mounted by another pid
  /// namespace.
  private static long parentByHandle() {
    var handle = ProcessHandle.current().parent();
    return handle.isPresent() ? handle.get().pid() : -1;
  }

  /// The fourth field of `pid (name) state parent ...`, of which the name may contain anything.
  static long parentIn(byte[] line, int length) {
    int i = length - 1;
    while (i >= 0 && line[i] != ')') {
      i--;
    }
    i += ") S ".length();
    long parent = 0;
    while (i < length && line[i] >= '0' && line[i] <= '9') {
      parent = parent * 10 + (line[i++] - '0');
    }
    return parent;
  }
}
