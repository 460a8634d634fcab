package dev.multijvm.multiprocessing.internal.start;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was once found out by reading every file of a program: the name of its cache, together with
/// the stamps that the files had, so that it need not be found out again as long as they are the
/// same.
///
/// As text: the cache's name, the number of files, a line for each file, then the key's text.
///
/// @param cacheName the hash of everything, contents included
/// @param stamps of each file from which classes may come
/// @param keyText of [CacheKey]
record CacheIndex(String cacheName, List<FileStamp> stamps, String keyText) {
  CacheIndex {
    stamps = List.copyOf(stamps);
  }

  /// The index in `file`; `null` if there is none that can be read.
  static @Nullable CacheIndex read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException e) {
      return null;
    }
  }

  private static CacheIndex parse(String text) {
    int nameEnd = text.indexOf('\n');
    int countEnd = text.indexOf('\n', nameEnd + 1);
    if (countEnd < 0) {
      throw new IllegalArgumentException("cut off");
    }
    int count = Integer.parseInt(text.substring(nameEnd + 1, countEnd));
    List<FileStamp> stamps = new ArrayList<>();
    int start = countEnd + 1;
    for (int i = 0; i < count; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        throw new IllegalArgumentException("cut off");
      }
      stamps.add(FileStamp.parse(text.substring(start, end)));
      start = end + 1;
    }
    return new CacheIndex(text.substring(0, nameEnd), stamps, text.substring(start));
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(cacheName).append('\n').append(stamps.size()).append('\n');
    for (FileStamp stamp : stamps) {
      text.append(stamp.toLine()).append('\n');
    }
    return text.append(keyText).toString();
  }

  /// Whether every file is as it was.
  boolean isCurrent() throws IOException {
    for (FileStamp stamp : stamps) {
      if (!stamp.isCurrent()) {
        return false;
      }
    }
    return true;
  }

  /// When the youngest file was last changed, in nanoseconds since the epoch.
  long lastChangeNanos() {
    long last = 0;
    for (FileStamp stamp : stamps) {
      last = Math.max(last, stamp.changedNanos());
    }
    return last;
  }
}
