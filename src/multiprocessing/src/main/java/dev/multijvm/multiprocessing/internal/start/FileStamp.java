package dev.multijvm.multiprocessing.internal.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What tells without reading whether a file is still the one it was.
///
/// The time of change (`ctime`) is the one that nobody can set: it moves when content, size, name
/// or even the other times are changed. A file that is missing has a stamp of zeros.
///
/// @param path absolute
/// @param device where the inode is
/// @param inode of the file behind all links
/// @param size in bytes
/// @param modifiedNanos since the epoch
/// @param changedNanos since the epoch
record FileStamp(
    Path path, long device, long inode, long size, long modifiedNanos, long changedNanos) {
  private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";
  private static final int FIELDS = 6;

  /// @throws IOException if the file is there but cannot be asked
  /// @throws UnsupportedOperationException where files have no inodes
  static FileStamp of(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(path, ATTRIBUTES);
    } catch (NoSuchFileException e) {
      return new FileStamp(path, 0, 0, 0, 0, 0);
    }
    return new FileStamp(
        path,
        number(attributes, "dev"),
        number(attributes, "ino"),
        number(attributes, "size"),
        nanos(attributes, "lastModifiedTime"),
        nanos(attributes, "ctime"));
  }

  /// Reads what [#toLine] wrote.
  ///
  /// @throws IllegalArgumentException if it did not
  static FileStamp parse(String line) {
    String[] fields = line.split(" ", FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not a file's stamp: " + line);
    }
    return new FileStamp(
        Path.of(fields[5]),
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }

  String toLine() {
    return device
        + " "
        + inode
        + " "
        + size
        + " "
        + modifiedNanos
        + " "
        + changedNanos
        + " "
        + path;
  }

  /// Whether the file is as it was.
  boolean isCurrent() throws IOException {
    return equals(of(path));
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long nanos(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }
}
