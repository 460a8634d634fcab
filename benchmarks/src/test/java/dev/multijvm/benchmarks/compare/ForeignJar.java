package dev.multijvm.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Makes real JMH jars as a stranger would: javac, JMH's processor, a manifest that names JMH's own
/// jars.
final class ForeignJar {
  private ForeignJar() {}

  /// Compiles `source`, the class `org.example.Naps`, and packs it as `name` in `directory`.
  static Path of(Path directory, String name, String source) throws IOException {
    return of(directory, name, source, "org.openjdk.jmh.Main");
  }

  /// The same with a main class of its own.
  static Path of(Path directory, String name, String source, String main) throws IOException {
    Path work = Files.createDirectories(directory.resolve(name + ".classes"));
    Path file =
        Files.writeString(
            Files.createDirectories(work.resolve("org/example")).resolve("Naps.java"), source);
    compile(file, work);
    Path jar = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest(main));
        Stream<Path> files = Files.walk(work)) {
      for (Path entry : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(
            new JarEntry(work.relativize(entry).toString().replace(File.separatorChar, '/')));
        Files.copy(entry, entries);
      }
    }
    return jar;
  }

  private static void compile(Path file, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-d", classes.toString(), "-classpath", classPath(), "-processorpath", classPath());
      boolean done =
          compiler
              .getTask(complaints, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      if (!done) {
        throw new AssertionError(complaints.toString());
      }
    }
  }

  private static Manifest manifest(String main) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    return manifest;
  }

  static String classPath() {
    return System.getProperty("java.class.path");
  }
}
