package dev.multijvm.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Files of a run's directory, each written whole or not at all: what was there before stays until
/// the new one is ready.
final class OutputFiles {
  private final Path directory;

  OutputFiles(Path directory) {
    this.directory = directory;
  }

  void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Path folder = file.resolveSibling(".");
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, ".report", ".tmp");
    try {
      Files.write(whole, content);
      whole.toFile().setReadable(true, false);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /// Deletes pictures of earlier reports that this one does not have.
  ///
  /// @param folder of pictures alone
  void keepOnly(String folder, Set<String> names) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(directory.resolve(folder))) {
      old =
          files
              .filter(file -> file.toString().matches(".*-(light|dark)\\.(svg|png)"))
              .filter(file -> !names.contains(folder + "/" + file.getFileName()))
              .toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }
}
