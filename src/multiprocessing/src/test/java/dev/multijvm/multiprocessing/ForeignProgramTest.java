package dev.multijvm.multiprocessing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs that use the library in ways in which its own tests do not run.
@Timeout(60)
class ForeignProgramTest {
  @TempDir Path directory;

  @Test
  void programInANamedModuleHasChildrenInThatModule() throws Exception {
    write("module-info.java", "module app { requires dev.multijvm.multiprocessing; }");
    write(
        "app/Main.java",
        """
        package app;

        import dev.multijvm.multiprocessing.ChildProcess;

        public class Main {
          public static void main(String[] args) {
            String captured = "with values";
            try (var child = ChildProcess.start(() -> System.out.println(Main.class.getModule() + " " + captured))) {
              child.failure();
            }
          }
        }
        """);
    String output = compileAndRunModule();

    assertThat(output).isEqualTo("module app with values\n");
  }

  @Test
  void poolOfANamedModuleThatOpensNothingRunsItsLambdasAndRecords() throws Exception {
    write("module-info.java", "module app { requires dev.multijvm.multiprocessing; }");
    write(
        "app/Main.java",
        """
        package app;

        import dev.multijvm.multiprocessing.ProcessPool;
        import java.io.Serializable;
        import java.util.List;

        public class Main {
          record Order(String item, int count) implements Serializable {}

          static Order twice(Order order) {
            return new Order(order.item(), 2 * order.count());
          }

          public static void main(String[] args) throws Exception {
            var order = new Order("tea", 3);
            try (var pool = ProcessPool.open(2)) {
              System.out.println(pool.submit(() -> Main.class.getModule() + " " + twice(order)).get());
              System.out.println(pool.map(Main::twice, List.of(order, new Order("cups", 1))));
            }
          }
        }
        """);
    String output = compileAndRunModule();

    assertThat(output)
        .isEqualTo(
            """
            module app Order[item=tea, count=6]
            [Order[item=tea, count=6], Order[item=cups, count=2]]
            """);
  }

  @Test
  void filterFactoryOfTheProgramIsUsedInItsPools() throws Exception {
    write(
        "Main.java",
        """
        import dev.multijvm.multiprocessing.ProcessPool;
        import java.io.File;
        import java.io.ObjectInputFilter;
        import java.util.function.BinaryOperator;

        public class Main {
          public static class Factory implements BinaryOperator<ObjectInputFilter> {
            public ObjectInputFilter apply(ObjectInputFilter current, ObjectInputFilter next) {
              return info ->
                  info.serialClass() == File.class
                      ? ObjectInputFilter.Status.REJECTED
                      : ObjectInputFilter.Status.UNDECIDED;
            }
          }

          public static void main(String[] args) throws Exception {
            var file = new File("forbidden");
            try (var pool = ProcessPool.open(1)) {
              try {
                pool.submit(() -> file.getName()).get();
              } catch (java.util.concurrent.ExecutionException e) {
                System.out.println(e.getCause().getMessage());
              }
              System.out.println(pool.submit(() -> "allowed").get());
            }
          }
        }
        """);
    compile("--class-path", library());

    String output =
        run(
            "-Djdk.serialFilterFactory=Main$Factory",
            "--class-path",
            library() + File.pathSeparator + classes(),
            "Main");

    assertThat(output).contains("REJECTED").endsWith("allowed\n");
  }

  @Test
  void filterFactoryOfTheProgramIsUsedInItsChildren() throws Exception {
    write(
        "Main.java",
        """
        import dev.multijvm.multiprocessing.ChildProcess;
        import java.io.ObjectInputFilter;
        import java.util.function.BinaryOperator;

        public class Main {
          public static class Factory implements BinaryOperator<ObjectInputFilter> {
            static volatile boolean asked;

            public ObjectInputFilter apply(ObjectInputFilter current, ObjectInputFilter next) {
              asked = true;
              return next == null ? current : next;
            }
          }

          public static void main(String[] args) {
            String captured = "asked ";
            try (var child = ChildProcess.start(() -> System.out.println(captured + Factory.asked))) {
              child.failure();
            }
          }
        }
        """);
    compile("--class-path", library());

    String output =
        run(
            "-Djdk.serialFilterFactory=Main$Factory",
            "--class-path",
            library() + File.pathSeparator + classes(),
            "Main");

    assertThat(output).isEqualTo("asked true\n");
  }

  @Test
  void classPathLongerThanACommandLineMayBeReachesTheChildren() throws Exception {
    write(
        "Main.java",
        """
        import dev.multijvm.multiprocessing.ChildProcess;

        public class Main {
          public static void main(String[] args) {
            System.setProperty(
                "java.class.path",
                System.getProperty("java.class.path") + ":/no/such/file.jar".repeat(20_000));
            try (var child = ChildProcess.start(() -> System.out.println("hello"))) {
              child.failure();
            }
          }
        }
        """);
    compile("--class-path", library());

    String output = run("--class-path", library() + File.pathSeparator + classes(), "Main");

    assertThat(output).isEqualTo("hello\n");
  }

  @Test
  void programInOneSourceFileIsToldWhyItsLambdasAreNotKnown() throws Exception {
    write(
        "Single.java",
        """
        import dev.multijvm.multiprocessing.ProcessPool;

        public class Single {
          public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(1)) {
              pool.submit(() -> 1).get();
            } catch (java.util.concurrent.ExecutionException e) {
              System.out.println(e.getMessage());
            }
          }
        }
        """);

    String output =
        run("--class-path", library(), directory.resolve("source/Single.java").toString());

    assertThat(output)
        .contains(
            "a lambda is not known here: java.lang.ClassNotFoundException: Single (workers find");
  }

  @Test
  void whatTheManifestOfAnExecutableJarOpensIsOpenInItsWorkersToo() throws Exception {
    write(
        "Main.java",
        """
        import dev.multijvm.multiprocessing.ProcessPool;

        public class Main {
          static String opened() {
            var module = Object.class.getModule();
            var ours = Main.class.getModule();
            return module.isOpen("java.lang", ours)
                + " " + module.isExported("sun.nio.ch", ours)
                + " " + ours.isNativeAccessEnabled();
          }

          public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(1)) {
              System.out.println(opened() + ", " + pool.submit(() -> opened()).get());
            }
          }
        }
        """);
    compile("--class-path", library());
    Path manifest = directory.resolve("manifest");
    Files.writeString(
        manifest,
        """
        Main-Class: Main
        Class-Path: %s
        Add-Opens: java.base/java.lang java.base/java.util
        Add-Exports: java.base/sun.nio.ch
        Enable-Native-Access: ALL-UNNAMED
        """
            .formatted(Path.of(library()).toUri()));
    String jar = directory.resolve("app.jar").toString();
    java.util.spi.ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(System.out, System.err, "cfm", jar, manifest.toString(), "-C", classes(), ".");

    assertThat(run("-jar", jar)).isEqualTo("true true true, true true true\n");
  }

  @Test
  void whatWasNotOnTheProgramsCommandLineIsNotOnThatOfItsWorkers() throws Exception {
    write(
        "Main.java",
        """
        import dev.multijvm.multiprocessing.ProcessPool;
        import java.nio.file.Files;
        import java.nio.file.Path;

        public class Main {
          static String seen() throws Exception {
            String commandLine = Files.readString(Path.of("/proc/self/cmdline"));
            return System.getProperty("password") + " " + commandLine.contains("pass phrase");
          }

          public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(1)) {
              System.out.println(pool.submit(() -> seen()).get());
            }
          }
        }
        """);
    compile("--class-path", library());
    Path arguments = directory.resolve("arguments");
    Files.writeString(arguments, "\"-Dpassword=pass phrase\"\n");
    String classPath = library() + File.pathSeparator + classes();

    assertThat(run("@" + arguments, "--class-path", classPath, "Main"))
        .isEqualTo("pass phrase false\n");
    assertThat(run("-Dpassword=pass phrase", "--class-path", classPath, "Main"))
        .isEqualTo("pass phrase true\n");
  }

  @Test
  void libraryOutsideTheClassPathSaysSo() throws Exception {
    write(
        "Main.java",
        """
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;

        public class Main {
          public static void main(String[] args) throws Exception {
            URL[] urls = {Path.of(args[0]).toUri().toURL()};
            try (var loader = new URLClassLoader("plugins", urls, null)) {
              Class<?> library = loader.loadClass("dev.multijvm.multiprocessing.ProcessPool");
              try {
                library.getMethod("open", int.class).invoke(null, 1);
              } catch (java.lang.reflect.InvocationTargetException e) {
                System.out.println(e.getCause().getMessage());
              }
            }
          }
        }
        """);
    compile("--class-path", library());

    String output = run("--class-path", classes(), "Main", library());

    assertThat(output)
        .contains("child JVMs find classes by class path or module path only", "URLClassLoader");
  }

  private void write(String name, String source) throws IOException {
    Path file = directory.resolve("source").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  /// The program as the named module `app`, beside the library's.
  private String compileAndRunModule() throws Exception {
    compile("--module-path", library());
    return run(
        "--module-path", library() + File.pathSeparator + classes(), "--module", "app/app.Main");
  }

  private void compile(String pathOption, String path) throws IOException {
    List<String> words = new ArrayList<>(List.of("-d", classes(), pathOption, path));
    try (var sources = Files.walk(directory.resolve("source"))) {
      sources.filter(Files::isRegularFile).map(Path::toString).forEach(words::add);
    }
    var messages = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, words.toArray(String[]::new));
    assertThat(status).as(messages.toString(UTF_8)).isZero();
  }

  private String classes() {
    return directory.resolve("classes").toString();
  }

  /// Where the library's classes are; they include its module's description.
  private static String library() throws Exception {
    return Path.of(ProcessPool.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private static String run(String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
