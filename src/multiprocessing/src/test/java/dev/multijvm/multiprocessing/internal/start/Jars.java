package dev.multijvm.multiprocessing.internal.start;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// Packs compiled classes into jars that are not compressed, so that a patch leaves the size as it
/// is.
final class Jars {
  private Jars() {}

  /// Everything compiled in the directory or jar from which `example` was loaded.
  static Map<String, byte[]> classesBeside(Class<?> example) throws Exception {
    Path root = Path.of(example.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return entries;
  }

  /// The class files of some classes.
  static Map<String, byte[]> only(Class<?>... classes) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (Class<?> type : classes) {
      String name = type.getName().replace('.', '/') + ".class";
      try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
        entries.put(name, in.readAllBytes());
      }
    }
    return entries;
  }

  /// The same with one text in one class replaced by another of equal length.
  static Map<String, byte[]> patched(
      Map<String, byte[]> entries, Class<?> type, String from, String to) {
    String name = type.getName().replace('.', '/') + ".class";
    String code = new String(entries.get(name), ISO_8859_1);
    if (from.length() != to.length() || !code.contains(from)) {
      throw new IllegalArgumentException(from + " -> " + to);
    }
    Map<String, byte[]> patched = new TreeMap<>(entries);
    patched.put(name, code.replace(from, to).getBytes(ISO_8859_1));
    return patched;
  }

  static Path write(Path jar, Map<String, byte[]> entries) throws IOException {
    return write(jar, new Manifest(), entries);
  }

  /// A jar of nothing but a manifest that names others, which lie beside it.
  static Path writePointingTo(Path jar, Path... others) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    StringBuilder path = new StringBuilder();
    for (Path other : others) {
      path.append(other.getFileName()).append(' ');
    }
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path.toString().strip());
    return write(jar, manifest, Map.of());
  }

  private static Path write(Path jar, Manifest manifest, Map<String, byte[]> entries)
      throws IOException {
    manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var entry : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(entry.getValue());
        JarEntry stored = new JarEntry(entry.getKey());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getValue().length);
        stored.setCrc(crc.getValue());
        stored.setTime(0);
        out.putNextEntry(stored);
        out.write(entry.getValue());
      }
    }
    return jar;
  }
}
