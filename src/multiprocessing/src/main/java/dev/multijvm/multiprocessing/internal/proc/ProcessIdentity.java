package dev.multijvm.multiprocessing.internal.proc;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One process, told apart from any later one that is given the same pid.
///
/// On Linux the start is read raw, in clock ticks since boot, so that no step of the wall clock can
/// make a living process look like another. Elsewhere it is the start instant in hundredths of a
/// second, 0 where that is not known.
///
/// @param place the kernel and the namespaces in which `pid` and `startTicks` mean something; 0 if
///   unknown
/// @param pid the process
/// @param startTicks when it started
public record ProcessIdentity(long place, long pid, long startTicks) {

  private static final boolean PROC_IS_OURS = procIsOurs();

  /// Found when it is first asked for: what fails then, as for lack of descriptors, is tried again.
  private static volatile @Nullable ProcessIdentity current;

  /// This JVM.
  ///
  /// @throws UncheckedIOException if it cannot be told now
  public static ProcessIdentity current() {
    var known = current;
    if (known == null) {
      known = findCurrent();
      current = known;
    }
    return known;
  }

  /// The process that has `pid` now, if there is one that has not ended.
  public static Optional<ProcessIdentity> of(long pid) {
    if (!PROC_IS_OURS) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(handle -> new ProcessIdentity(current().place, pid, startOf(handle)));
    }
    try {
      var stat = ProcessStat.read(pid);
      return stat == null || stat.hasEnded()
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(current().place, pid, stat.startTicks()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/" + pid + "/stat", e);
    }
  }

  /// Whether this process still runs; false only if it is known to have ended.
  ///
  /// It has ended if its pid is absent, belongs to a process that started at another time, or is a
  /// zombie. Where nothing can be said (another pid namespace, no file descriptor left) it counts
  /// as alive. Costs some 20 microseconds.
  public boolean isAlive() {
    if (place != current().place || equals(current())) {
      return true;
    }
    if (!PROC_IS_OURS) {
      var handle = ProcessHandle.of(pid).orElse(null);
      return handle != null && handle.isAlive() && sameStart(startOf(handle), startTicks);
    }
    try {
      var stat = ProcessStat.read(pid);
      return stat != null && !stat.hasEnded() && stat.startTicks() == startTicks;
    } catch (IOException e) {
      return true;
    }
  }

  /// The name that [#parse] reads: place in hexadecimal, pid and start, joined by hyphens.
  public String toName() {
    return Long.toHexString(place) + "-" + pid + "-" + startTicks;
  }

  /// Reads what [#toName] wrote.
  ///
  /// @return null if `name` is nothing of that kind
  public static @Nullable ProcessIdentity parse(String name) {
    var parts = name.split("-", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return new ProcessIdentity(
          Long.parseUnsignedLong(parts[0], 16), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "process " + pid;
  }

  private static boolean sameStart(long one, long other) {
    return one == 0 || other == 0 || one == other;
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L) / 10;
  }

  /// Whether `/proc` is there and counts pids as this JVM does; one mounted from outside does not.
  private static boolean procIsOurs() {
    try {
      var self = Files.readSymbolicLink(Path.of("/proc/self")).toString();
      return self.equals(Long.toString(ProcessHandle.current().pid()));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static ProcessIdentity findCurrent() {
    var handle = ProcessHandle.current();
    if (!PROC_IS_OURS) {
      return new ProcessIdentity(0, handle.pid(), startOf(handle));
    }
    try {
      var stat = ProcessStat.read(handle.pid());
      if (stat == null) {
        throw new IOException("no /proc/" + handle.pid() + "/stat");
      }
      var place = (namespace("pid") << 32 | namespace("time")) ^ boot();
      return new ProcessIdentity(place, stat.pid(), stat.startTicks());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell which process this is", e);
    }
  }

  /// What tells this run of this machine from others that see the same directories; namespaces have
  /// the same numbers in all. 0 if the kernel does not say.
  private static long boot() throws IOException {
    var file = new File("/proc/sys/kernel/random/boot_id");
    try (var in = new FileInputStream(file)) {
      var id = UUID.fromString(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
      return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    } catch (IOException e) {
      if (!file.canRead()) {
        return 0;
      }
      throw e;
    }
  }

  /// The inode number in a link like `pid:[4026531836]`; 0 if the kernel has no such namespace.
  private static long namespace(String kind) {
    try {
      var link = Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString();
      return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return 0;
    }
  }
}
