package dev.multijvm.multiprocessing.internal.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  // Typed numbers, and views of a buffer instead of a memory segment: a worker that asked
  // java.lang.foreign for layouts would pay a fifth of its start for it. RingTest compares.

  static final int TAIL = 0;
  static final int FINISHED = 8;
  static final int ROOM_WANTED = 16;
  static final int HEAD = 128;
  static final int BELL_WANTED = 136;

  static final int SIZE = 0;
  static final int KIND = 4;
  static final int SEQUENCE = 8;
  static final int RECORD_SIZE = 16;

  static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /// Where the records begin.
  static final int RECORDS = 256;

  /// Bytes of a ring with its header.
  public static final int SIZE_IN_MEMORY = RECORDS + CAPACITY;

  private Ring() {}

  static int aligned(int size) {
    return (size + 7) & -8;
  }

  /// Sets the flag at `offset` back to 0.
  ///
  /// @return whether it was 1, so that whoever set it must be woken
  static boolean takeFlag(ByteBuffer memory, int offset) {
    return (int) INT.getOpaque(memory, offset) == 1 && INT.compareAndSet(memory, offset, 1, 0);
  }

  /// Makes all before it visible to the other process before anything after it is read.
  static void fullFence() {
    VarHandle.fullFence();
  }
}
