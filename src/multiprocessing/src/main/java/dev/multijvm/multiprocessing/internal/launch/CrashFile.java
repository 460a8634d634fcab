package dev.multijvm.multiprocessing.internal.launch;

import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a JVM writes about itself when it crashes: `hs_err_pid<pid>.log`, in the directory for
/// temporary files. It is left there, because whoever reads of the crash will want it.
final class CrashFile {
  private CrashFile() {}

  /// Where a child is to write, with the JVM's placeholder for its pid.
  static String pattern() {
    return System.getProperty("java.io.tmpdir") + File.separator + "hs_err_pid%p.log";
  }

  /// The file of the process `pid`, unless it left none since `startMillis`; an older file is
  /// another's.
  static @Nullable Path of(long pid, long startMillis) {
    File file = new File(pattern().replace("%p", Long.toString(pid)));
    return file.lastModified() >= startMillis / 1000 * 1000 ? file.toPath() : null;
  }
}
