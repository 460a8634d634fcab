package dev.multijvm.multiprocessing.internal.shared;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.internal.futex.Futex;
import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thing that processes share: a file in the directory of its creator, mapped by all of them.
///
/// It begins with this header; what follows from [#BODY] on belongs to the thing.
///
/// | offset | size | field          | written by           | read by      | meaning                                    |
/// |-------:|-----:|----------------|----------------------|--------------|--------------------------------------------|
/// |      0 |    8 | `magic`        | creator, before use  | openers      | format and version                         |
/// |      8 |    4 | `kind`         | creator, before use  | openers      | what it is                                 |
/// |     12 |    4 | `participants` | creator, before use  | openers      | number of the file with the participants   |
/// |     16 |    4 | `closed`       | creator, once        | all          | 1 after the creator closed it              |
/// |     20 |    4 | `mute`         | opener, before use   | sleepers     | 1 once somebody takes part who cannot wake |
/// |     24 |    8 | `size`         | creator, before use  | openers      | bytes of the body                          |
/// |     32 |    4 | `slept`        | whoever sleeps       | who closes   | 1 once anybody slept here                  |
///
/// Handles travel by path after the creator wrote the header, so openers see it whole.
public final class SharedFile {

  private static final StructLayout HEADER =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("magic"),
          ValueLayout.JAVA_INT.withName("kind"),
          ValueLayout.JAVA_INT.withName("participants"),
          ValueLayout.JAVA_INT.withName("closed"),
          ValueLayout.JAVA_INT.withName("mute"),
          ValueLayout.JAVA_LONG.withName("size"),
          ValueLayout.JAVA_INT.withName("slept"));
  private static final long MAGIC_AT = at("magic");
  private static final long KIND = at("kind");
  private static final long PARTICIPANTS = at("participants");
  private static final long CLOSED = at("closed");
  private static final long MUTE = at("mute");
  private static final long SIZE = at("size");
  private static final long SLEPT = at("slept");

  /// Where the body begins; on a cache line of its own.
  public static final long BODY = Words.APART;

  private static final long MAGIC = 0x4d4a564d_53480001L; // "MJVMSH", version 1
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// The table of those who share what this JVM makes; made with the first of it.
  private static @Nullable Path participantsOfOurs;

  private final SharedKind kind;
  private final Path path;
  private final ProcessIdentity creator;
  private final Participants participants;
  private final boolean ours;
  private final Arena arena;
  private final MemorySegment segment;

  /// Set once, by the first [#close] here.
  private volatile boolean closedHere;

  /// Completes at the end of the first [#close] here.
  private final CompletableFuture<@Nullable Void> closeEnd = new CompletableFuture<>();

  private SharedFile(SharedKind kind, Path path, @Nullable Path participants, Join join)
      throws IOException {
    this.kind = kind;
    this.path = path;
    this.creator = creatorOf(path);
    this.ours = participants != null;
    this.arena = Arena.ofShared();
    var done = false;
    try {
      this.segment = MappedFiles.map(path, arena);
      if (participants == null) {
        checkHeader();
      } else {
        writeHeader(participants);
      }
      this.participants = join.join(participantsFile());
      if (!Futex.isAvailable()) {
        Words.INT.setVolatile(segment, MUTE, 1); // pairs with canAllWake
      }
      done = true;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  /// Makes a new file with a body of `size` zero bytes.
  ///
  /// @throws IOException if there is no room
  public static SharedFile create(SharedKind kind, long size) throws IOException {
    // Where the sum overflows there is room for neither.
    var path = Scratch.createFile(kind.fileName(), Math.max(size, BODY + size));
    try {
      return new SharedFile(kind, path, participantsOfOurs(), Participants::joined);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /// Maps the file that another process made, or this one.
  ///
  /// @throws IOException if it is gone, not of that kind, or not to be trusted
  public static SharedFile open(SharedKind kind, Path path) throws IOException {
    return open(kind, path, Participants::joined);
  }

  /// As [#open], but as another participant, as if this library were loaded twice.
  static SharedFile openApart(SharedKind kind, Path path) throws IOException {
    return open(kind, path, Participants::new);
  }

  private static SharedFile open(SharedKind kind, Path path, Join join) throws IOException {
    try {
      Scratch.requireOurs(directoryOf(path));
      return new SharedFile(kind, path, null, join);
    } catch (NoSuchFileException e) {
      throw new IOException(gone(kind, path), e);
    }
  }

  /// All bytes, header included; usable until [#close].
  public MemorySegment segment() {
    return segment;
  }

  public Path path() {
    return path;
  }

  public SharedKind kind() {
    return kind;
  }

  /// How many bytes the body has.
  public long size() {
    return segment.byteSize() - BODY;
  }

  public Participants participants() {
    return participants;
  }

  /// The process that made this file.
  public ProcessIdentity creator() {
    return creator;
  }

  /// Whether it was made here, and so is unlinked by a close here.
  public boolean isOurs() {
    return ours;
  }

  /// Whether everybody who takes part can end another's sleep; if not, sleeps are short.
  boolean canAllWake() {
    return (int) Words.INT.getVolatile(segment, MUTE) == 0; // pairs with the constructor
  }

  /// Says that somebody is about to sleep here, so that closing must wake.
  void markSlept() {
    if ((int) Words.INT.getVolatile(segment, SLEPT) == 0) {
      Words.INT.setVolatile(
          segment, SLEPT, 1); // pairs with unmap, as `closed` is looked at after it
    }
  }

  /// Whether this process or the creator has closed it.
  public boolean isClosed() {
    return closedHere || isClosedByCreator();
  }

  /// Whether the creator has closed it; false once this process has.
  public boolean isClosedByCreator() {
    try {
      return (int) Words.INT.getVolatile(segment, CLOSED) != 0; // pairs with close
    } catch (IllegalStateException _) {
      return false; // Not mapped any more.
    }
  }

  /// Checks that neither this process nor the creator has closed it.
  ///
  /// @throws IllegalStateException if one has
  public void requireOpen() {
    if (closedHere) {
      throw new IllegalStateException(describe() + " is closed");
    }
    if (isClosedByCreator()) {
      throw new IllegalStateException(describe() + " was closed by its creator, " + creator);
    }
  }

  /// Throws `problem` on, unless it only says that this file was closed meanwhile.
  public void throwUnlessClosed(IllegalStateException problem) {
    if (!isClosed()) {
      throw problem;
    }
  }

  /// Checks that the creator is alive. If it is not, all of this process who wait at `berth` are
  /// told to look too.
  ///
  /// @throws MultiprocessingException if it is not
  public void requireCreator(Berth berth) {
    if (!creator.isAlive()) {
      berth.tellAll();
      throw new MultiprocessingException(describe() + " has lost its creator, " + creator);
    }
  }

  /// Unmaps the file; in the creator also unlinks it and closes it for all others.
  ///
  /// Whoever sleeps at one of the berths is woken and finds it closed. If another thread of this
  /// process is closing it, this waits until it has.
  ///
  /// @param giveUp lets go of what this process holds, when nothing more can be taken
  /// @param berths where threads may sleep
  /// @throws IllegalStateException if a thread of this process still uses the memory in a downcall
  ///   after a second
  public void close(Runnable giveUp, List<Berth> berths) throws IOException {
    boolean isFirst;
    synchronized (this) {
      isFirst = !closedHere;
      closedHere = true;
    }
    if (!isFirst) {
      closeEnd.join();
      return;
    }
    try {
      if (isOurs()) {
        Words.INT.setVolatile(segment, CLOSED, 1); // pairs with isClosedByCreator
        Files.deleteIfExists(path);
      }
      giveUp.run();
      unmap(berths);
    } finally {
      closeEnd.complete(null);
    }
  }

  /// Wakes all who sleep there, if anybody ever slept: to look at what has changed, and to let go
  /// of the memory.
  void wakeSleepers(Berth berth) {
    if ((int) Words.INT.getVolatile(segment, SLEPT) != 0) { // pairs with markSlept
      berth.wake(Futex.ALL);
    }
  }

  /// Sleepers hold the memory until they have woken up.
  private void unmap(List<Berth> berths) {
    var start = System.nanoTime();
    while (true) {
      berths.forEach(this::wakeSleepers);
      try {
        arena.close();
        return;
      } catch (IllegalStateException e) {
        if (System.nanoTime() - start > CLOSING_NANOS) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  @Override
  public String toString() {
    return describe() + (isClosed() ? " (closed)" : "");
  }

  private String describe() {
    return kind.fileName() + " " + path;
  }

  private void writeHeader(Path participants) {
    var name = participants.getFileName().toString();
    Words.INT.set(segment, KIND, kind.code());
    Words.INT.set(segment, PARTICIPANTS, Integer.parseInt(name.substring(name.indexOf('-') + 1)));
    Words.LONG.set(segment, SIZE, size());
    Words.LONG.setRelease(segment, MAGIC_AT, MAGIC); // pairs with checkHeader
  }

  private void checkHeader() throws IOException {
    if (segment.byteSize() < BODY
        || (long) Words.LONG.getAcquire(segment, MAGIC_AT) != MAGIC // pairs with writeHeader
        || (long) Words.LONG.get(segment, SIZE) != size()) {
      throw new IOException(path + " is no shared file of this version");
    }
    if ((int) Words.INT.get(segment, KIND) != kind.code()) {
      throw new IOException(path + " is no " + kind.fileName());
    }
  }

  Path participantsFile() {
    return path.resolveSibling("participants-" + (int) Words.INT.get(segment, PARTICIPANTS));
  }

  private static synchronized Path participantsOfOurs() throws IOException {
    if (participantsOfOurs == null) {
      participantsOfOurs = Participants.create();
    }
    return participantsOfOurs;
  }

  private static ProcessIdentity creatorOf(Path path) throws IOException {
    var creator = Scratch.creatorOf(directoryOf(path));
    if (creator.place() != ProcessIdentity.current().place()) {
      throw new IOException(
          path + " is from another pid namespace, whose processes cannot be watched from here");
    }
    return creator;
  }

  private static Path directoryOf(Path path) throws IOException {
    var directory = path.getParent();
    if (directory == null) {
      throw new IOException(path + " is not in the directory of a JVM");
    }
    return directory;
  }

  private static String gone(SharedKind kind, Path path) throws IOException {
    var creator = creatorOf(path);
    return "%s %s is gone: its creator, %s, %s"
        .formatted(kind.fileName(), path, creator, creator.isAlive() ? "closed it" : "has ended");
  }

  private static long at(String field) {
    return HEADER.byteOffset(PathElement.groupElement(field));
  }

  /// How this process takes a slot among the participants of a file.
  private interface Join {
    Participants join(Path participants) throws IOException;
  }
}
