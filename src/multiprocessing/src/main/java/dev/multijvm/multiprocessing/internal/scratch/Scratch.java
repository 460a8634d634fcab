package dev.multijvm.multiprocessing.internal.scratch;

import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The directory of this JVM for everything that other processes map or connect to.
///
/// It is called `multijvm-<place>-<pid>-<start ticks>`, belongs to this user alone (mode 0700) and
/// lies in `/dev/shm`, that is in memory, where that can be used, else in `java.io.tmpdir`. The
/// system property `multijvm.scratch` names another place. It is removed when the JVM exits; what a
/// killed JVM left behind is removed by [#sweep], which each JVM of this user calls before it makes
/// its own directory.
public final class Scratch {

  /// The system property that names the directory in which to make ours.
  public static final String PROPERTY = "multijvm.scratch";

  private static final String PREFIX = "multijvm-";
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final AtomicLong NEXT = new AtomicLong();
  private static final byte[] ZEROS = new byte[64 * 1024];

  /// Made by the first call of [#directory], under the lock of this class.
  private static @Nullable Path directory;

  private Scratch() {}

  /// The directory of this JVM, made when first asked for.
  ///
  /// @throws IOException if there is no place where it can be made
  public static synchronized Path directory() throws IOException {
    if (directory != null) {
      return directory;
    }
    var self = self();
    sweep();
    var refusals = new IOException("no directory for shared files in any of " + bases());
    for (var base : bases()) {
      try {
        var made = make(base.resolve(PREFIX + self));
        Runtime.getRuntime().addShutdownHook(new Remover(made));
        directory = made;
        return made;
      } catch (IOException e) {
        refusals.addSuppressed(e);
      }
    }
    throw refusals;
  }

  private static String self() throws IOException {
    try {
      return ProcessIdentity.current().toName();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// A new file of `size` zero bytes in the directory of this JVM.
  ///
  /// The bytes are written, not only promised, so that a full file system is an exception here and
  /// not a crash when the memory is first touched.
  ///
  /// @param kind how the file's name begins
  /// @throws IOException if there is no room; nothing is left of the file then
  public static Path createFile(String kind, long size) throws IOException {
    while (true) {
      var file = directory().resolve(kind + "-" + NEXT.incrementAndGet());
      try {
        fill(file, size);
        return file;
      } catch (FileAlreadyExistsException _) {
        // This library was loaded twice, and the other one was quicker.
      }
    }
  }

  /// Makes `file`, which must not exist, and writes `size` zero bytes to it.
  ///
  /// @throws IOException if there is no room; nothing is left of the file then
  public static void fill(Path file, long size) throws IOException {
    if (POSIX) {
      Files.createFile(file, mode("rw-------"));
    } else {
      Files.createFile(file);
    }
    var done = false;
    // Not through a channel: an interrupted thread would close it.
    try (var out = new FileOutputStream(file.toFile())) {
      requireRoom(file, size);
      for (var left = size; left > 0; left -= ZEROS.length) {
        out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
      }
      done = true;
    } catch (IOException e) {
      long room = file.toFile().getUsableSpace();
      throw new IOException(
          "cannot make %d bytes of shared memory in %s, where %d are left (-D%s names another place): %s"
              .formatted(size, file.getParent(), room, PROPERTY, e.getMessage()),
          e);
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Removes the directories of this user's dead JVMs.
  ///
  /// Whoever still has their files mapped keeps the memory. What cannot be removed is left to the
  /// next one who sweeps.
  public static void sweep() {
    for (var base : bases()) {
      try (var entries = Files.newDirectoryStream(base, PREFIX + "*")) {
        for (var entry : entries) {
          var name = entry.getFileName().toString().substring(PREFIX.length());
          var creator = ProcessIdentity.parse(name);
          if (creator != null && !creator.isAlive() && isOurs(entry)) {
            remove(entry);
          }
        }
      } catch (IOException | DirectoryIteratorException _) {
        // A place that cannot be listed has nothing that we could remove.
      }
    }
  }

  /// Checks that `directory` belongs to this user and to nobody else.
  ///
  /// @throws IOException if it does not, or is no directory
  public static void requireOurs(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || !isOurs(directory)) {
      throw new IOException(
          directory
              + " is not a directory that only user "
              + System.getProperty("user.name")
              + " may enter");
    }
  }

  /// The JVM whose directory this is, by its name.
  ///
  /// @throws IOException if it is no such directory
  public static ProcessIdentity creatorOf(Path directory) throws IOException {
    var name = directory.getFileName().toString();
    var creator =
        name.startsWith(PREFIX) ? ProcessIdentity.parse(name.substring(PREFIX.length())) : null;
    if (creator == null) {
      throw new IOException(directory + " is not the directory of a JVM");
    }
    return creator;
  }

  private static List<Path> bases() {
    var chosen = System.getProperty(PROPERTY);
    if (chosen != null) {
      return List.of(Path.of(chosen));
    }
    var bases = new ArrayList<Path>();
    var memory = Path.of("/dev/shm");
    if (Files.isDirectory(memory)) {
      bases.add(memory);
    }
    bases.add(Path.of(System.getProperty("java.io.tmpdir")));
    return bases;
  }

  private static Path make(Path path) throws IOException {
    try {
      if (POSIX) {
        Files.createDirectory(path, mode("rwx------"));
      } else {
        Files.createDirectory(path);
      }
    } catch (FileAlreadyExistsException e) {
      // Ours if this library was loaded twice, and then good enough; anybody's otherwise.
      requireOurs(path);
    }
    return path;
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /// Refuses at once what can never fit, instead of filling the memory first.
  private static void requireRoom(Path file, long size) throws IOException {
    // Not by its FileStore, which reads the table of all mounts.
    if (size > file.toFile().getUsableSpace()) {
      throw new IOException("No space left on device");
    }
  }

  private static boolean isOurs(Path path) throws IOException {
    if (!POSIX) {
      return true;
    }
    var attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isDirectory()
        && attributes.owner().equals(user())
        && PosixFilePermissions.toString(attributes.permissions()).equals("rwx------");
  }

  /// The user this JVM runs as, by what the file system says of something that is its own.
  private static UserPrincipal user() throws IOException {
    var process = Path.of("/proc/self");
    if (Files.exists(process)) {
      return Files.getOwner(process);
    }
    var probe = Files.createTempFile(PREFIX, null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static void remove(Path directory) throws IOException {
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (NoSuchFileException _) {
      // Somebody else was removing it at the same time.
    }
  }

  /// Removes files, then the directories they were in; never follows a link.
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  /// Removes the directory when the JVM exits.
  private static final class Remover extends Thread {
    private final Path made;

    Remover(Path made) {
      super("multijvm-scratch-remover");
      this.made = made;
    }

    @Override
    public void run() {
      try {
        remove(made);
      } catch (IOException _) {
        // The next JVM of this user sweeps it.
      }
      sweep(); // what our children left, if they were killed
    }
  }
}
