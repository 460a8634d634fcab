package dev.multijvm.multiprocessing.internal.launch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a JVM finds the program's classes: what a child needs to find the same ones.
///
/// @param classPath as in `java.class.path`; may be empty
/// @param modulePath as in `jdk.module.path`; `null` where there is none
/// @param mainModule the module the program was started from; `null` where it was started from a
///   class
/// @param libraryModule the module this library is in; `null` where it is on the class path
public record ProgramPath(
    String classPath,
    @Nullable String modulePath,
    @Nullable String mainModule,
    @Nullable String libraryModule) {

  /// The paths of this JVM.
  ///
  /// @throws IllegalStateException if this library was loaded in a way that no child can repeat
  public static ProgramPath ofThisJvm() {
    Class<?> self = ProgramPath.class;
    if (!ClassLoader.getSystemClassLoader().equals(self.getClassLoader())) {
      throw new IllegalStateException(
          "child JVMs find classes by class path or module path only, but this library was loaded by "
              + self.getClassLoader());
    }
    return new ProgramPath(
        System.getProperty("java.class.path", ""),
        System.getProperty("jdk.module.path"),
        System.getProperty("jdk.module.main"),
        self.getModule().getName());
  }

  /// The options that lead a JVM to the classes.
  List<String> options() {
    List<String> options = new ArrayList<>();
    if (modulePath != null) {
      options.add("--module-path=" + modulePath);
    }
    if (mainModule != null) {
      options.add("--add-modules=" + mainModule);
    }
    if (!classPath.isEmpty() || libraryModule == null) {
      options.add("--class-path");
      options.add(classPath);
    }
    return options;
  }

  /// The words that name a class of this library as the one to run.
  List<String> mainWords(String mainClass) {
    return libraryModule == null
        ? List.of(mainClass)
        : List.of("--module", libraryModule + "/" + mainClass);
  }
}
