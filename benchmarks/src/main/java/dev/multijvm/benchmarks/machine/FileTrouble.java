package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// What a file system refuses, in words: the JDK's exceptions often say no more than the path.
public final class FileTrouble {
  private FileTrouble() {}

  /// What was wrapped because a signature had no room for it.
  public static String text(UncheckedIOException wrapped) {
    IOException trouble = wrapped.getCause();
    return trouble == null ? wrapped.toString() : text(trouble);
  }

  /// Such as `results/latest/plan.json: No space left on device`.
  public static String text(IOException trouble) {
    return switch (trouble) {
      case AccessDeniedException denied -> denied.getFile() + ": access denied";
      case NoSuchFileException missing ->
          missing.getFile() + ": there is no such file or directory";
      case FileAlreadyExistsException other -> other.getFile() + ": something else is in the way";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      case FileSystemException _ -> String.valueOf(trouble.getMessage());
      case IOException _ -> Objects.requireNonNullElse(trouble.getMessage(), trouble.toString());
    };
  }
}
