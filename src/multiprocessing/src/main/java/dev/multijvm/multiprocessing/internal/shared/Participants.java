package dev.multijvm.multiprocessing.internal.shared;

import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The table of the processes that share the files of one creator: one file in its directory.
///
/// Each process takes a slot when it first makes or opens something there, and keeps it. What it
/// holds is marked with its *ticket*, 31 bits that name the slot and how often that slot was given
/// away, so that a ticket of a dead process stays dead when the slot is used again.
///
/// A table has [#SLOTS] slots; slot 0 is never given away, so no ticket is 0. A slot:
///
/// | offset | size | field        | written by          | read by         | meaning                         |
/// |-------:|-----:|--------------|---------------------|-----------------|---------------------------------|
/// |      0 |    8 | `identity`   | CAS, new owner      | anybody         | pid and start ticks; 0: never used |
/// |      8 |    4 | `generation` | getAndAdd, owner    | anybody         | which owner of this slot it is  |
/// |     12 |    4 |              |                     |                 | not used                        |
///
/// Until a new owner has counted `generation` up, a ticket of the old owner seems to be alive; who
/// waits for it looks again later.
public final class Participants {

  /// How many processes can share the files of one creator, and one more.
  public static final int SLOTS = 1024;

  /// The ticket of nobody: what it marks was given up by a living process.
  public static final int ABANDONED = SLOTS - 1;

  private static final StructLayout SLOT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("identity"),
          ValueLayout.JAVA_INT.withName("generation"),
          MemoryLayout.paddingLayout(4));
  private static final SequenceLayout TABLE = MemoryLayout.sequenceLayout(SLOTS, SLOT);
  private static final long IDENTITY = SLOT.byteOffset(PathElement.groupElement("identity"));
  private static final long GENERATION = SLOT.byteOffset(PathElement.groupElement("generation"));

  private static final int SLOT_BITS = 10;
  private static final int GENERATION_MASK = (1 << (31 - SLOT_BITS)) - 1;
  private static final int TICKS_BITS = 42;

  /// The tables this process takes part in, under the lock of this map.
  private static final Map<Path, Participants> JOINED = new HashMap<>();

  private final MemorySegment table;
  private final int ticket;

  /// Maps the table in `file` and takes a slot there.
  Participants(Path file) throws IOException {
    table = MappedFiles.map(file, Arena.global());
    if (table.byteSize() != TABLE.byteSize()) {
      throw new IOException(file + " is no table of participants");
    }
    ticket = join();
  }

  /// Makes the table in the directory of this JVM.
  static Path create() throws IOException {
    return Scratch.createFile("participants", TABLE.byteSize());
  }

  /// The table in `file`, in which this process has a slot then.
  ///
  /// @throws IOException if there is no such table, or no slot is left
  public static Participants joined(Path file) throws IOException {
    synchronized (JOINED) {
      var known = JOINED.get(file);
      if (known == null) {
        known = new Participants(file);
        JOINED.put(file, known);
      }
      return known;
    }
  }

  /// The mark of this process; positive.
  public int ticket() {
    return ticket;
  }

  /// The slot of the process with that ticket: 1 to [#SLOTS] - 1.
  public static int slotOf(int ticket) {
    return ticket & (SLOTS - 1);
  }

  /// The ticket that the present owner of `slot` has; 0 if nobody ever had it.
  public int ticketAt(int slot) {
    var generation =
        (int) Words.INT.getAcquire(table, offset(slot) + GENERATION); // pairs with join
    return generation == 0 ? 0 : (generation & GENERATION_MASK) << SLOT_BITS | slot;
  }

  /// Whether the process with `ticket` has ended; true only if that is known.
  public boolean isDead(int ticket) {
    if (ticket == this.ticket) {
      return false;
    }
    var slot = slotOf(ticket);
    if (slot == ABANDONED || ticketAt(slot) != ticket) {
      return true;
    }
    var identity = (long) Words.LONG.getAcquire(table, offset(slot) + IDENTITY);
    return !isAlive(identity);
  }

  /// The pid of the process with `ticket`, for messages.
  public long pidOf(int ticket) {
    return (long) Words.LONG.getAcquire(table, offset(slotOf(ticket)) + IDENTITY) >>> TICKS_BITS;
  }

  /// Takes a slot: one that was never used, else that of a dead process.
  private int join() throws IOException {
    var mine = pack(ProcessIdentity.current());
    for (var reuse : new boolean[] {false, true}) {
      for (var slot = 1; slot < ABANDONED; slot++) {
        var at = offset(slot);
        var seen = (long) Words.LONG.getAcquire(table, at + IDENTITY);
        var free = seen == 0 || (reuse && !isAlive(seen));
        if (free && Words.LONG.compareAndSet(table, at + IDENTITY, seen, mine)) {
          countUp(at + GENERATION);
          return ticketAt(slot);
        }
      }
    }
    throw new IOException("more than %d processes share the files of one".formatted(SLOTS - 2));
  }

  /// The next generation, never one whose ticket would be taken for "nobody".
  private void countUp(long at) {
    do {
      Words.INT.getAndAdd(table, at, 1);
    } while (((int) Words.INT.getVolatile(table, at) & GENERATION_MASK) == 0);
  }

  private static boolean isAlive(long identity) {
    return new ProcessIdentity(
            ProcessIdentity.current().place(),
            identity >>> TICKS_BITS,
            identity & ((1L << TICKS_BITS) - 1))
        .isAlive();
  }

  /// Pid and start ticks in one word, so that one CAS takes a slot.
  static long pack(ProcessIdentity process) throws IOException {
    if (process.pid() >>> (Long.SIZE - TICKS_BITS) != 0
        || process.startTicks() >>> TICKS_BITS != 0) {
      throw new IOException("no room for the identity of " + process);
    }
    return process.pid() << TICKS_BITS | process.startTicks();
  }

  private static long offset(int slot) {
    return slot * SLOT.byteSize();
  }
}
