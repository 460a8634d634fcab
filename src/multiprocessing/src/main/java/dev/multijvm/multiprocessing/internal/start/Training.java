package dev.multijvm.multiprocessing.internal.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.multijvm.multiprocessing.internal.launch.ChildEnd;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Makes a cache for a program: finds out what the program is by reading all of it, lets a child
/// record and assemble the cache, and gives it its name once it is whole and the program is still
/// the same.
///
/// One training at a time for a user: a file's lock sees to that between JVMs, this class between
/// threads.
final class Training {
  /// How the child that does the work is started.
  enum Pace {
    SOMEBODY_WAITS,
    NOBODY_WAITS
  }

  /// Its `main` takes the parent's pid, the file to assemble, and the command's own JVM arguments.
  private static final String TRAINER =
      "dev.multijvm.multiprocessing.internal.training.TrainingMain";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// For the training of another JVM, and of who was before us.
  private static final Duration PATIENCE_WITH_OTHERS = PATIENCE.multipliedBy(2);

  /// How often to look whether another JVM has ended its training.
  private static final Duration LOOK = Duration.ofMillis(20);

  /// File systems count time in steps of up to two seconds: within one, a file may change
  /// unnoticed.
  private static final Duration STEP = Duration.ofSeconds(2);

  private final CacheKey key;
  private final JvmCommand command;
  private final CacheDirectory directory;

  private Training(CacheKey key, JvmCommand command, CacheDirectory directory) {
    this.key = key;
    this.command = command;
    this.directory = directory;
  }

  /// Makes the cache for a command, unless somebody else did so meanwhile.
  ///
  /// @throws NoCacheException if there cannot be one
  /// @throws IOException if something went wrong this time
  static Path run(CacheKey key, JvmCommand command, Pace pace)
      throws IOException, NoCacheException, InterruptedException {
    return new Training(key, command, CacheDirectory.make()).run(pace);
  }

  private Path run(Pace pace) throws IOException, NoCacheException, InterruptedException {
    synchronized (Training.class) {
      try (FileChannel lockFile =
              FileChannel.open(
                  directory.path().resolve("training.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = lock(lockFile)) {
        Path existing = directory.find(key);
        return existing != null ? existing : make(pace);
      }
    }
  }

  /// Waits for others, but not for one that was stopped meanwhile.
  private static FileLock lock(FileChannel file) throws IOException, InterruptedException {
    long start = System.nanoTime();
    FileLock lock = file.tryLock();
    while (lock == null) {
      if (System.nanoTime() - start > PATIENCE_WITH_OTHERS.toNanos()) {
        throw new IOException(
            "another JVM has not ended its training within " + PATIENCE_WITH_OTHERS);
      }
      Thread.sleep(LOOK);
      lock = file.tryLock();
    }
    return lock;
  }

  private Path make(Pace pace) throws IOException, NoCacheException, InterruptedException {
    directory.tidy();
    CacheIndex index = index();
    Path cache = directory.cache(index.cacheName());
    if (!Files.exists(cache)) {
      Path unfinished = Files.createTempFile(directory.path(), "cache", ".tmp");
      try {
        assemble(unfinished, pace);
        if (!index.isCurrent()) {
          throw new IOException("the program's files changed during the training");
        }
        Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
    directory.remember(key, index);
    return cache;
  }

  /// Reads every file, between two looks at their stamps.
  private CacheIndex index() throws IOException, NoCacheException, InterruptedException {
    List<FileStamp> stamps = new ArrayList<>();
    for (Path file : CodeFiles.of(key.path().classPath(), key.path().modulePath())) {
      stamps.add(stampOf(file));
    }
    CacheIndex index = new CacheIndex("", stamps, key.text());
    awaitSettled(index);
    MessageDigest all = sha256();
    all.update(key.text().getBytes(UTF_8));
    for (FileStamp stamp : stamps) {
      all.update(stamp.path().toString().getBytes(UTF_8));
      all.update(contentDigest(stamp.path()));
    }
    if (!index.isCurrent()) {
      throw new IOException("the program's files changed while they were read");
    }
    String name = HexFormat.of().formatHex(all.digest(), 0, 16);
    return new CacheIndex(name, stamps, key.text());
  }

  private static FileStamp stampOf(Path file) throws IOException, NoCacheException {
    try {
      return FileStamp.of(file);
    } catch (UnsupportedOperationException e) {
      throw new NoCacheException("files have no inodes here");
    }
  }

  private static void awaitSettled(CacheIndex index) throws NoCacheException, InterruptedException {
    long ageNanos = System.currentTimeMillis() * 1_000_000 - index.lastChangeNanos();
    if (ageNanos < 0) {
      throw new NoCacheException("a jar was changed in the future");
    }
    long leftNanos = STEP.toNanos() - ageNanos;
    if (leftNanos > 0) {
      Thread.sleep(Duration.ofNanos(leftNanos));
    }
  }

  private static byte[] contentDigest(Path file) throws IOException {
    MessageDigest digest = sha256();
    if (Files.isRegularFile(file)) {
      try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] buffer = new byte[64 << 10];
        while (in.read(buffer) >= 0) {
          // Reading is all it takes.
        }
      }
    } else {
      digest.update((byte) (Files.isDirectory(file) ? 'd' : 'm'));
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private void assemble(Path unfinished, Pace pace) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(ProcessHandle.current().pid()));
    arguments.add(unfinished.toString());
    arguments.addAll(command.jvmArguments());
    JvmCommand trainer = new JvmCommand(TRAINER, arguments, null, List.of(), null);
    try (ChildJvm child =
        switch (pace) {
          case SOMEBODY_WAITS -> ChildJvm.startHidden(trainer, "training");
          case NOBODY_WAITS -> ChildJvm.startInBackground(trainer, "training");
        }) {
      child.pumpStandardOutput();
      if (!child.awaitEnd(PATIENCE)) {
        throw new IOException("training did not end within " + PATIENCE);
      }
      ChildEnd end = child.end();
      if (!end.status().isSuccess() || Files.size(unfinished) == 0) {
        throw new IOException("training ended with " + end.status() + "\n" + end.lastWords());
      }
    }
  }
}
