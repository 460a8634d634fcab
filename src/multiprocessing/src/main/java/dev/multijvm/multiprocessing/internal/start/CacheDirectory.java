package dev.multijvm.multiprocessing.internal.start;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where this user's caches are kept: a directory of mode 0700, because a JVM believes what is in
/// them.
///
/// @param path checked to be this user's alone
record CacheDirectory(Path path) {
  /// The system property that names another directory than the user's usual one.
  static final String PROPERTY = "multijvm.cache";

  private static final int CACHES_KEPT = 8;
  private static final Duration USE_NOTED_AFTER = Duration.ofHours(12);

  /// The directory, if it is there.
  ///
  /// @return `null` if it is not
  /// @throws IOException if it is not this user's alone
  static @Nullable CacheDirectory existing() throws IOException {
    Path path = location();
    if (!Files.exists(path)) {
      return null;
    }
    Scratch.requireOurs(path);
    return new CacheDirectory(path);
  }

  /// The directory, made if it is missing.
  ///
  /// @throws IOException if it cannot be made, or is not this user's alone
  static CacheDirectory make() throws IOException {
    Path path = location();
    if (!Files.exists(path)) {
      Files.createDirectories(path.getParent());
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Scratch.requireOurs(path);
    return new CacheDirectory(path);
  }

  private static Path location() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return Path.of(chosen).toAbsolutePath();
    }
    String caches = System.getenv("XDG_CACHE_HOME");
    if (caches != null && Path.of(caches).isAbsolute()) {
      return Path.of(caches, "multijvm", "aot");
    }
    return Path.of(System.getProperty("user.home"), ".cache", "multijvm", "aot");
  }

  /// The cache of that name, whether it exists or not.
  Path cache(String name) {
    return path.resolve(name + ".aot");
  }

  /// The cache that is known to hold what `key` and the files it names hold now; `null` if none is
  /// known.
  @Nullable Path find(CacheKey key) throws IOException {
    CacheIndex index = CacheIndex.read(indexFile(key));
    if (index == null || !index.keyText().equals(key.text()) || !index.isCurrent()) {
      return null;
    }
    Path cache = cache(index.cacheName());
    if (!Files.exists(cache)) {
      return null;
    }
    noteUse(cache);
    return cache;
  }

  /// Remembers that the program of `key` has the cache `index` names.
  void remember(CacheKey key, CacheIndex index) throws IOException {
    Path temporary = Files.createTempFile(path, "index", ".tmp");
    Files.writeString(temporary, index.toText());
    Files.move(temporary, indexFile(key), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path indexFile(CacheKey key) {
    return path.resolve(key.shortName() + ".index");
  }

  private static void noteUse(Path cache) throws IOException {
    Instant now = Instant.now();
    if (Files.getLastModifiedTime(cache).toInstant().isBefore(now.minus(USE_NOTED_AFTER))) {
      Files.setLastModifiedTime(cache, FileTime.from(now));
    }
  }

  /// Removes what nobody will use: leftovers of those that were killed while they trained, caches
  /// but the eight last used, and indexes that no longer lead to a cache. Who has a cache mapped
  /// keeps it.
  ///
  /// Only whoever holds the lock for training may call this.
  void tidy() throws IOException {
    List<Path> caches = list("*.aot");
    caches.sort(Comparator.comparing(CacheDirectory::lastUse).reversed());
    for (int i = CACHES_KEPT; i < caches.size(); i++) {
      Files.deleteIfExists(caches.get(i));
    }
    for (Path index : list("*.index")) {
      CacheIndex read = CacheIndex.read(index);
      if (read == null || !Files.exists(cache(read.cacheName()))) {
        Files.deleteIfExists(index);
      }
    }
    for (Path leftover : list("*.tmp")) {
      Files.deleteIfExists(leftover);
    }
  }

  private static FileTime lastUse(Path cache) {
    try {
      return Files.getLastModifiedTime(cache);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private List<Path> list(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, pattern)) {
      for (Path entry : entries) {
        found.add(entry);
      }
    }
    return found;
  }
}
