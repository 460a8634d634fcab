package dev.multijvm.benchmarks.workload;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;

/// Reads a file from start to end and computes its checksum.
///
/// @param file its path
/// @param crc what the checksum must be: that of the bytes that were written
public record FileRead(String file, long crc) implements Workload {

  private static final int BUFFER_BYTES = 1 << 16;

  /// Writes a file of `bytes` bytes that follow from `seed`, and returns the task that reads it.
  public static FileRead of(Path file, int bytes, long seed) {
    var content = new byte[bytes];
    new Random(seed).nextBytes(content);
    try (var out = new FileOutputStream(file.toFile())) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var checksum = new CRC32();
    checksum.update(content);
    return new FileRead(file.toString(), checksum.getValue());
  }

  @Override
  public String kernel() {
    return "file-read";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return crc;
  }

  @Override
  public Long call() throws IOException {
    var checksum = new CRC32();
    var buffer = new byte[BUFFER_BYTES];
    try (var in = new FileInputStream(file)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
      }
    }
    return checksum.getValue();
  }
}
