package dev.multijvm.multiprocessing.internal.start;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// All files from which a JVM may load classes, by its class path and module path.
final class CodeFiles {
  private final Set<Path> files = new LinkedHashSet<>();

  private CodeFiles() {}

  /// The files in the order in which they are searched: jars, those that manifests name,
  /// directories of modules. Those that a manifest names may be missing, as the JVM allows; they
  /// have to stay so.
  ///
  /// @throws NoCacheException if there is something that no cache can hold
  /// @throws IOException if a jar cannot be read
  static List<Path> of(String classPath, @Nullable String modulePath)
      throws IOException, NoCacheException {
    CodeFiles found = new CodeFiles();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!classPath.isEmpty()) {
        found.addToClassPath(Path.of(entry).toAbsolutePath());
      }
    }
    if (modulePath != null) {
      for (String entry : modulePath.split(File.pathSeparator, -1)) {
        found.addToModulePath(Path.of(entry).toAbsolutePath());
      }
    }
    for (Path file : found.files) {
      if (file.toString().indexOf('\n') >= 0) {
        throw new NoCacheException("a file's name has a line feed");
      }
    }
    return new ArrayList<>(found.files);
  }

  private void addToClassPath(Path path) throws IOException, NoCacheException {
    if (Files.isDirectory(path)) {
      throw new NoCacheException(path + " is a directory of classes");
    }
    if (!files.add(path) || !Files.exists(path)) {
      return;
    }
    Manifest manifest;
    try (JarFile jar = new JarFile(path.toFile())) {
      manifest = jar.getManifest();
    }
    String further =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    if (further != null) {
      for (String url : further.strip().split("\\s+", -1)) {
        addToClassPath(resolve(path, url));
      }
    }
  }

  /// A manifest names others by URL, relative to the jar it is in.
  private static Path resolve(Path jar, String url) throws NoCacheException {
    try {
      return Path.of(jar.toUri().resolve(URI.create(url))).normalize();
    } catch (IllegalArgumentException e) {
      throw new NoCacheException("the manifest of " + jar + " names " + url);
    }
  }

  private void addToModulePath(Path path) throws IOException, NoCacheException {
    if (!Files.isDirectory(path)) {
      files.add(path);
      return;
    }
    if (Files.exists(path.resolve("module-info.class"))) {
      throw new NoCacheException(path + " is a directory of classes");
    }
    files.add(path);
    for (Path entry : sortedEntries(path)) {
      if (Files.isDirectory(entry)) {
        throw new NoCacheException(entry + " is a directory of classes");
      }
      if (entry.toString().endsWith(".jar")) {
        files.add(entry);
      }
    }
  }

  private static List<Path> sortedEntries(Path directory) throws IOException {
    List<Path> sorted = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        sorted.add(entry);
      }
    }
    sorted.sort(null);
    return sorted;
  }
}
