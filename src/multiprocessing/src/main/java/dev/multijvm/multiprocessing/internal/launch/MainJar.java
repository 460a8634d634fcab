package dev.multijvm.multiprocessing.internal.launch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// The jar of a JVM that was started by `java -jar`. What its manifest opens, the launcher opens in
/// that JVM only: for children it must be said in options.
final class MainJar {
  private MainJar() {}

  /// The options that do what this JVM's manifest does; none if it has no such jar.
  static List<String> options() {
    String classPath = System.getProperty("java.class.path", "");
    String command = System.getProperty("sun.java.command", "");
    boolean isJar = command.equals(classPath) || command.startsWith(classPath + " ");
    if (classPath.isEmpty() || !isJar) {
      return List.of();
    }
    try (JarFile jar = new JarFile(new File(classPath))) {
      return jar.getManifest() == null ? List.of() : options(jar.getManifest().getMainAttributes());
    } catch (IOException e) {
      return List.of(); // it was there when this JVM started
    }
  }

  private static List<String> options(Attributes manifest) {
    List<String> options = new ArrayList<>();
    for (String exported : words(manifest, "Add-Exports")) {
      options.add("--add-exports=" + exported + "=ALL-UNNAMED");
    }
    for (String opened : words(manifest, "Add-Opens")) {
      options.add("--add-opens=" + opened + "=ALL-UNNAMED");
    }
    for (String module : words(manifest, "Enable-Native-Access")) {
      options.add("--enable-native-access=" + module);
    }
    return options;
  }

  private static List<String> words(Attributes manifest, String attribute) {
    String value = manifest.getValue(attribute);
    return value == null ? List.of() : List.of(value.strip().split("\\s+"));
  }
}
