package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the library has left lying about since a moment: processes, threads, descriptors of pipes,
/// sockets and shared memory, memory mapped from files, files in `/dev/shm` and in the directory
/// for temporary files.
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern OWN_DESCRIPTOR =
      Pattern.compile("(pipe|socket|anon_inode):.*|.*/multijvm-.*");

  private final Set<String> before;

  private Leftovers(Set<String> before) {
    this.before = before;
  }

  /// Remembers what there is now.
  static Leftovers sinceNow() throws IOException {
    makeWhatIsKeptUntilTheEnd();
    return new Leftovers(now());
  }

  /// Some things are made once per JVM by its first pool and its first shared memory.
  private static void makeWhatIsKeptUntilTheEnd() throws IOException {
    try (var shared = SharedLong.create(0);
        var pool = ProcessPool.open(1)) {
      assertThat(pool.submit(() -> shared.get()).join()).isZero();
    }
  }

  /// Waits a moment until nothing else is there than in the beginning.
  void assertNone() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!since().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(since()).isEmpty();
  }

  private Set<String> since() throws IOException {
    var now = now();
    now.removeAll(before);
    return now;
  }

  private static Set<String> now() throws IOException {
    var all = new TreeSet<String>();
    ProcessHandle.current().descendants().forEach(one -> all.add("process " + one.pid()));
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().contains("multijvm")) {
        all.add("thread " + thread.getName());
      }
    }
    descriptors().forEach(all::add);
    all.addAll(mappings());
    all.addAll(files());
    return all;
  }

  private static List<String> descriptors() throws IOException {
    var list = new ArrayList<String>();
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var link : links) {
        try {
          var target = Files.readSymbolicLink(link).toString();
          if (OWN_DESCRIPTOR.matcher(target).matches()) {
            list.add("descriptor " + target);
          }
        } catch (NoSuchFileException _) {
          // That of this very listing.
        }
      }
    }
    return list;
  }

  private static Set<String> mappings() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/multijvm-"))
          .map(line -> "mapping " + line)
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> files() throws IOException {
    var places = List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));
    var all = new TreeSet<String>();
    for (var place : places) {
      all.addAll(under(place));
    }
    all.addAll(under(Scratch.directory()));
    return all;
  }

  /// The names that a library of ours, or a JVM that crashed, gives to files.
  private static Set<String> under(Path place) throws IOException {
    boolean isOurs = place.equals(Scratch.directory());
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .filter(file -> isOurs || file.getFileName().toString().matches("multijvm.*|hs_err.*"))
          .filter(file -> !isOfAnother(file))
          .map(file -> "file " + file)
          .collect(Collectors.toSet());
    }
  }

  /// Whether it is the directory of a JVM that lives and is none of ours.
  private static boolean isOfAnother(Path file) {
    try {
      var creator = Scratch.creatorOf(file);
      var ours = ProcessHandle.current();
      return creator.isAlive()
          && creator.pid() != ours.pid()
          && ours.descendants().noneMatch(one -> one.pid() == creator.pid());
    } catch (IOException _) {
      return false;
    }
  }
}
