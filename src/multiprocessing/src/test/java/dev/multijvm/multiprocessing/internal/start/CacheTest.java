package dev.multijvm.multiprocessing.internal.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.TestChild;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.MachineShare;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each program here is a JVM of its own with jars on its class path, because there is no cache for
/// the directories from which tests run. It starts one child, which says how it was started, what
/// code it runs and whether it has a cache mapped.
@Timeout(120)
class CacheTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
  private static final String OLD_CODE = "multijvm parent watch";
  private static final String NEW_CODE = "multijvm parent WATCH";

  @TempDir Path directory;

  private Path library;
  private Path program;
  private Path caches;
  private Map<String, byte[]> libraryEntries;

  @BeforeEach
  void pack() throws Exception {
    caches = directory.resolve("caches");
    libraryEntries = Jars.classesBeside(Starter.class);
    library = Jars.write(directory.resolve("library.jar"), libraryEntries);
    program =
        Jars.write(
            directory.resolve("program.jar"),
            Jars.only(Parent.class, TwoPools.class, Witness.class));
    Files.setLastModifiedTime(library, LONG_AGO);
  }

  static final class Parent {
    public static void main(String[] args) throws Exception {
      String self = Long.toString(ProcessHandle.current().pid());
      JvmCommand command =
          JvmCommand.of(Witness.class, self)
              .withShare(new MachineShare(1, 64))
              .withJvmArguments(Arrays.asList(args).subList(1, args.length));
      var started = Starter.start(command, StartMethod.valueOf(args[0]), "witness", "");
      try (var child = started.child()) {
        child.pumpStandardOutput();
        if (!child.awaitEnd(Duration.ofSeconds(30))) {
          throw new IllegalStateException("the witness did not end");
        }
        System.out.println(started.manner());
        System.exit(child.end().status().code());
      }
    }
  }

  static final class Witness {
    public static void main(String[] args) throws IOException {
      ParentWatch.arm(Long.parseLong(args[0]));
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("multijvm")) {
          System.out.println(thread.getName());
        }
      }
      System.out.println(
          Files.readString(Path.of("/proc/self/maps")).contains(".aot") ? "mapped" : "not mapped");
    }
  }

  /// Opens two pools, one after the other, and removes the lock of the first one's training.
  static final class TwoPools {
    public static void main(String[] args) throws Exception {
      var options =
          PoolOptions.defaults().withWorkers(1).withStartMethod(StartMethod.valueOf(args[0]));
      for (int i = 0; i < 2; i++) {
        try (var pool = ProcessPool.open(options)) {
          System.out.println(pool.submit(() -> 6 * 7).get());
          System.out.println(String.join(", ", pool.insights().starts().keySet()));
        }
        Files.deleteIfExists(Path.of(System.getProperty(CacheDirectory.PROPERTY), "training.lock"));
      }
    }
  }

  @Test
  void trainingWithoutRoomOnTheDiskIsTriedOnceLeavesNothingAndPoolsWorkPlainly() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    List<String> words = new ArrayList<>(TestChild.limited("-f 2048")); // 1 MiB for each file
    words.addAll(words(TwoPools.class, classPath(), "-Dmultijvm.scratch=" + scratch));
    words.add(StartMethod.CACHED.name());

    List<String> lines = output(start(words));

    String manner = "plain (no cache: java.io.IOException: training ended with exit 1)";
    assertThat(lines).containsExactly("42", manner, "42", manner);
    assertThat(cacheFiles()).isEmpty();
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void twoJvmsThatTrainAtOnceMakeOneCacheAndLaterOnesUseIt() throws Exception {
    Process first = start(classPath(), StartMethod.CACHED);
    Process second = start(classPath(), StartMethod.CACHED);

    assertThat(output(first)).containsExactly(OLD_CODE, "mapped", "cached");
    assertThat(output(second)).containsExactly(OLD_CODE, "mapped", "cached");
    List<Path> afterTraining = cacheFiles();
    assertThat(afterTraining).hasSize(3); // a cache, its index and the lock
    assertThat(run(StartMethod.AUTOMATIC)).containsExactly(OLD_CODE, "mapped", "cached");

    // Another file with the same content needs reading, but no training.
    Path copy = Files.copy(library, directory.resolve("copy.jar"));
    Files.move(copy, library, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run(StartMethod.AUTOMATIC)).last().isEqualTo("plain (no cache yet)");
    assertThat(run(StartMethod.CACHED)).containsExactly(OLD_CODE, "mapped", "cached");
    assertThat(cacheFiles()).isEqualTo(afterTraining);
  }

  @Test
  void plainStartUsesNoCacheAndMakesNoDirectory() throws Exception {
    assertThat(run(StartMethod.PLAIN)).containsExactly(OLD_CODE, "not mapped", "plain");

    assertThat(caches).doesNotExist();
  }

  @Test
  void jarChangedInPlaceWithEqualSizeAndTimeNeverRunsOldCode() throws Exception {
    run(StartMethod.CACHED);

    changeLibrary();

    assertThat(run(StartMethod.AUTOMATIC))
        .containsExactly(NEW_CODE, "not mapped", "plain (no cache yet)");
    assertThat(run(StartMethod.CACHED)).containsExactly(NEW_CODE, "mapped", "cached");
  }

  @Test
  void jarChangedBehindAManifestNeverRunsOldCode() throws Exception {
    Path pointer = Jars.writePointingTo(directory.resolve("pointer.jar"), library, program);
    assertThat(runWith(pointer.toString(), StartMethod.CACHED))
        .containsExactly(OLD_CODE, "mapped", "cached");

    changeLibrary();

    assertThat(runWith(pointer.toString(), StartMethod.AUTOMATIC))
        .containsExactly(NEW_CODE, "not mapped", "plain (no cache yet)");
  }

  /// Same size, same time of modification, other code.
  private void changeLibrary() throws IOException {
    long size = Files.size(library);
    Jars.write(library, Jars.patched(libraryEntries, ParentWatch.class, OLD_CODE, NEW_CODE));
    Files.setLastModifiedTime(library, LONG_AGO);
    assertThat(Files.size(library)).isEqualTo(size);
  }

  @Test
  void whereTheCacheDirectoryCannotBeMadeChildrenStartPlainlyAndSaySo() throws Exception {
    Files.createFile(caches);

    List<String> lines = run(StartMethod.CACHED);

    assertThat(lines).contains("not mapped");
    assertThat(lines.getLast()).startsWith("plain (no cache: ").contains(caches.toString());
  }

  @Test
  void cacheDirectoryThatOthersMayEnterIsNotTrusted() throws Exception {
    Files.createDirectory(caches);
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxr-xr-x"));

    List<String> lines = run(StartMethod.CACHED);

    assertThat(lines).contains("not mapped");
    assertThat(lines.getLast()).startsWith("plain (no cache: ").contains(caches.toString());
  }

  @Test
  void directoryOfClassesMeansNoCacheAndIsSaid() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));

    List<String> lines = runWith(classPath() + File.pathSeparator + classes, StartMethod.CACHED);

    assertThat(lines).contains("not mapped");
    assertThat(lines.getLast())
        .isEqualTo("plain (no cache: " + classes + " is a directory of classes)");
  }

  @Test
  void agentMeansNoCacheAndIsSaid() throws Exception {
    List<String> lines =
        runWith(
            classPath(),
            StartMethod.CACHED,
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:0");

    assertThat(lines).contains("not mapped");
    assertThat(lines.getLast()).startsWith("plain (no cache: the option -agentlib:jdwp");
  }

  private String classPath() {
    return library + File.pathSeparator + program;
  }

  private List<String> run(StartMethod method) throws Exception {
    return runWith(classPath(), method);
  }

  private List<String> runWith(String classPath, StartMethod method, String... jvmArguments)
      throws Exception {
    return output(start(classPath, method, jvmArguments));
  }

  private Process start(String classPath, StartMethod method, String... jvmArguments)
      throws IOException {
    List<String> words = words(Parent.class, classPath);
    words.add(method.name());
    words.addAll(Arrays.asList(jvmArguments));
    return start(words);
  }

  private Process start(List<String> words) throws IOException {
    return new ProcessBuilder(words).redirectError(directory.resolve("stderr").toFile()).start();
  }

  /// The command that runs a program which trains no cache in the background.
  private List<String> words(Class<?> program, String classPath, String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-D" + CacheDirectory.PROPERTY + "=" + caches,
            "-D" + Starter.TRAINING_PROPERTY + "=false"));
    words.addAll(Arrays.asList(options));
    words.addAll(List.of("-cp", classPath, program.getName()));
    return words;
  }

  private List<String> output(Process process) throws Exception {
    try {
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String complaints = Files.readString(directory.resolve("stderr"));
      assertThat(process.exitValue()).as(complaints).isZero();
      return text.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> cacheFiles() throws IOException {
    try (Stream<Path> files = Files.list(caches)) {
      return files.sorted().toList();
    }
  }
}
