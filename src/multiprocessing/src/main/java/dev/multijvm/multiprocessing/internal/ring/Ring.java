package dev.multijvm.multiprocessing.internal.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// The layout of a ring: a stream of records from one process to another.
///
/// | field         | written by                 | read by  | meaning                                            |
/// |---------------|----------------------------|----------|----------------------------------------------------|
/// | `tail`        | producer, setRelease       | consumer | bytes ever published                               |
/// | `finished`    | producer, setRelease       | consumer | in the ring of results: results ever published     |
/// | `head`        | consumer, setRelease       | producer | bytes ever consumed                                |
/// | `bellWanted`  | consumer sets, producer CAS| both     | 1: the consumer sleeps or is about to              |
/// | `roomWanted`  | producer sets, consumer CAS| both     | 1: the producer sleeps or is about to, for want of room |
///
/// What each side writes lies on cache lines of its own. Then come [#CAPACITY] bytes of records. A
/// record begins at a multiple of 8 and never wraps:
///
/// | offset | size | field      | written by                      | meaning                                 |
/// |-------:|-----:|------------|---------------------------------|-----------------------------------------|
/// |      0 |    4 | `size`     | producer                        | bytes of the body; [#BY_LINK]: it comes by the link |
/// |      4 |    4 | `kind`     | producer; CAS by both for tasks | what it is; for a task also its state   |
/// |      8 |    8 | `sequence` | producer                        | number of the task, result or definition |
/// |     16 |      | body       | producer                        |                                         |
///
/// **Tasks** change their kind: [#QUEUED] to [#STARTED] by the worker before user code runs, or
/// [#QUEUED] to [#WITHDRAWN] by the pool, which may then give the task to another worker. Both are
/// a CAS, so a task starts at most once. The worker consumes a task's record only after its result
/// is published; so whatever moment it dies at, the ring says which task it had started.
///
/// **Sleeping.** The consumer sets `bellWanted` to 1, passes a full fence, looks at `tail` again
/// and only then blocks. The producer sets `tail`, passes a full fence, and if `bellWanted` is 1
/// and its CAS to 0 succeeds, it must wake the consumer. A consumer that need not sleep after all
/// takes the 1 back by CAS; if that fails, a wake-up is on its way and must be awaited. So at most
/// one is ever pending. `roomWanted` is the same the other way round.
public final class Ring {
  /// Bytes of records; a power of two.
  public static final int CAPACITY = 256 << 10;

  /// The largest body that goes into the ring.
  public static final int LARGEST_BODY = CAPACITY / 8;

  /// The size of a body that does not lie in the ring.
  public static final int BY_LINK = -1;

  /// Kind of a record that only fills the space before the end.
  static final int FILLER = 0;

  public static final int QUEUED = 101;
  public static final int STARTED = 102;
  public static final int WITHDRAWN = 103;

  private static final int CACHE_LINES = 128;

  private static final StructLayout HEADER =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("tail"),
          JAVA_LONG.withName("finished"),
          JAVA_INT.withName("roomWanted"),
          MemoryLayout.paddingLayout(CACHE_LINES - 20),
          JAVA_LONG.withName("head"),
          JAVA_INT.withName("bellWanted"),
          MemoryLayout.paddingLayout(CACHE_LINES - 12));

  private static final StructLayout RECORD =
      MemoryLayout.structLayout(
          JAVA_INT.withName("size"), JAVA_INT.withName("kind"), JAVA_LONG.withName("sequence"));

  static final long TAIL = offset(HEADER, "tail");
  static final long FINISHED = offset(HEADER, "finished");
  static final long HEAD = offset(HEADER, "head");
  static final long BELL_WANTED = offset(HEADER, "bellWanted");
  static final long ROOM_WANTED = offset(HEADER, "roomWanted");

  static final long SIZE = offset(RECORD, "size");
  static final long KIND = offset(RECORD, "kind");
  static final long SEQUENCE = offset(RECORD, "sequence");
  static final int RECORD_SIZE = (int) RECORD.byteSize();

  static final VarHandle INT = JAVA_INT.varHandle();
  static final VarHandle LONG = JAVA_LONG.varHandle();

  /// Where the records begin.
  static final long RECORDS = HEADER.byteSize();

  /// Bytes of a ring with its header.
  public static final long SIZE_IN_MEMORY = RECORDS + CAPACITY;

  private Ring() {}

  private static long offset(StructLayout layout, String field) {
    return layout.byteOffset(PathElement.groupElement(field));
  }

  static int aligned(int size) {
    return (size + 7) & -8;
  }

  /// Sets the flag at `offset` back to 0.
  ///
  /// @return whether it was 1, so that whoever set it must be woken
  static boolean takeFlag(MemorySegment memory, long offset) {
    return (int) INT.getOpaque(memory, offset) == 1 && INT.compareAndSet(memory, offset, 1, 0);
  }

  /// Makes all before it visible to the other process before anything after it is read.
  static void fullFence() {
    VarHandle.fullFence();
  }
}
