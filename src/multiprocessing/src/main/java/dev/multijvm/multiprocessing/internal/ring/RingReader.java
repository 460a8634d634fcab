package dev.multijvm.multiprocessing.internal.ring;

import java.nio.ByteBuffer;

/// The consumer's end of a [Ring]. One thread at a time; a record is current from [#hasNext] to
/// [#advance].
public final class RingReader {
  private final ByteBuffer memory;
  private long head;

  /// `tail` as last seen; the real one may be further.
  private long knownTail;

  private byte[] body = new byte[256];

  RingReader(ByteBuffer memory) {
    this.memory = memory;
  }

  /// Whether there is a record; makes it current.
  public boolean hasNext() {
    while (true) {
      if (head == knownTail) {
        // Pairs with setRelease in RingWriter.publish.
        knownTail = (long) Ring.LONG.getAcquire(memory, Ring.TAIL);
        if (head == knownTail) {
          return false;
        }
      }
      int index = (int) (head & (Ring.CAPACITY - 1));
      int left = Ring.CAPACITY - index;
      if (left >= Ring.RECORD_SIZE && kind() != Ring.FILLER) {
        return true;
      }
      head += left;
    }
  }

  private int offset() {
    return Ring.RECORDS + (int) (head & (Ring.CAPACITY - 1));
  }

  public int kind() {
    return (int) Ring.INT.getVolatile(memory, offset() + Ring.KIND);
  }

  public long sequence() {
    return (long) Ring.LONG.get(memory, offset() + Ring.SEQUENCE);
  }

  /// The size of the body, or [Ring#BY_LINK].
  public int size() {
    return (int) Ring.INT.get(memory, offset() + Ring.SIZE);
  }

  /// A copy of the body in an array that is used again for the next one and may be longer.
  public byte[] body() {
    int size = size();
    if (size > body.length) {
      body = new byte[Math.max(size, 2 * body.length)];
    }
    memory.get(offset() + Ring.RECORD_SIZE, body, 0, size);
    return body;
  }

  /// Starts the current task.
  ///
  /// @return false if it was withdrawn
  public boolean start() {
    return Ring.INT.compareAndSet(memory, offset() + Ring.KIND, Ring.QUEUED, Ring.STARTED);
  }

  /// Leaves the current record; its space is not given back before [#release].
  public void advance() {
    head += Ring.RECORD_SIZE + Ring.aligned(Math.max(0, size()));
  }

  /// Gives the space of all records left behind back to the writer.
  ///
  /// @return whether the writer waits for room and must be woken
  public boolean release() {
    // Pairs with getAcquire in RingWriter.hasRoom.
    Ring.LONG.setRelease(memory, Ring.HEAD, head);
    // Pairs with the fence in RingWriter.prepareToWaitForRoom.
    Ring.fullFence();
    return Ring.takeFlag(memory, Ring.ROOM_WANTED);
  }

  /// As [#release], for a writer that need not be woken because a result will do so.
  public void releaseQuietly() {
    Ring.LONG.setRelease(memory, Ring.HEAD, head);
  }

  /// Asks to be woken at the next record; to be followed by [#hasNext], then by sleep.
  public void prepareToSleep() {
    Ring.INT.setOpaque(memory, Ring.BELL_WANTED, 1);
    // Pairs with the fence in RingWriter.publish.
    Ring.fullFence();
  }

  /// Takes [#prepareToSleep] back.
  ///
  /// @return false if it is too late: the wake-up is on its way
  public boolean cancelSleep() {
    return Ring.takeFlag(memory, Ring.BELL_WANTED);
  }

  /// How many results were ever published.
  public long finished() {
    return (long) Ring.LONG.getAcquire(memory, Ring.FINISHED);
  }
}
