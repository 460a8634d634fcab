package dev.multijvm.multiprocessing.internal.ring;

import java.nio.ByteBuffer;

/// The producer's end of a [Ring]. One thread at a time.
public final class RingWriter {
  private final ByteBuffer memory;
  private long tail;

  /// `head` as last seen; the real one may be further.
  private long knownHead;

  RingWriter(ByteBuffer memory) {
    this.memory = memory;
  }

  /// Appends a record, which nobody sees before [#publish].
  ///
  /// @return the position of the record, or -1 if there is no room
  public long offer(int kind, long sequence, byte[] body, int size) {
    return put(kind, sequence, body, size, size);
  }

  /// Appends a record whose body comes by the link.
  ///
  /// @return the position of the record, or -1 if there is no room
  public long offerByLink(int kind, long sequence) {
    return put(kind, sequence, new byte[0], 0, Ring.BY_LINK);
  }

  private long put(int kind, long sequence, byte[] body, int count, int size) {
    int needed = Ring.RECORD_SIZE + Ring.aligned(count);
    int index = (int) (tail & (Ring.CAPACITY - 1));
    int filler = index + needed > Ring.CAPACITY ? Ring.CAPACITY - index : 0;
    if (!hasRoom(needed + filler)) {
      return -1;
    }
    if (filler > 0) {
      // Less than a record's head may be left: then the reader skips it by itself.
      if (filler >= Ring.RECORD_SIZE) {
        header(index, filler - Ring.RECORD_SIZE, Ring.FILLER, 0);
      }
      tail += filler;
      index = 0;
    }
    header(index, size, kind, sequence);
    memory.put(Ring.RECORDS + index + Ring.RECORD_SIZE, body, 0, count);
    long position = tail;
    tail += needed;
    return position;
  }

  private boolean hasRoom(int bytes) {
    if (tail + bytes - knownHead <= Ring.CAPACITY) {
      return true;
    }
    // Pairs with setRelease in RingReader.release: what was read there may be overwritten.
    knownHead = (long) Ring.LONG.getAcquire(memory, Ring.HEAD);
    return tail + bytes - knownHead <= Ring.CAPACITY;
  }

  private void header(int index, int size, int kind, long sequence) {
    int offset = Ring.RECORDS + index;
    Ring.INT.set(memory, offset + Ring.SIZE, size);
    Ring.INT.set(memory, offset + Ring.KIND, kind);
    Ring.LONG.set(memory, offset + Ring.SEQUENCE, sequence);
  }

  /// Shows the reader all that was offered.
  ///
  /// @return whether the reader sleeps and must be woken
  public boolean publish() {
    // Pairs with getAcquire in RingReader.hasNext.
    Ring.LONG.setRelease(memory, Ring.TAIL, tail);
    // Pairs with the fence in RingReader.prepareToSleep.
    Ring.fullFence();
    return Ring.takeFlag(memory, Ring.BELL_WANTED);
  }

  /// As [#publish], and counts one more result that is whole.
  public boolean publishResult(long finished) {
    Ring.LONG.setRelease(memory, Ring.TAIL, tail);
    Ring.LONG.setRelease(memory, Ring.FINISHED, finished);
    Ring.fullFence();
    return Ring.takeFlag(memory, Ring.BELL_WANTED);
  }

  /// Asks to be woken when there is room; to be followed by another attempt, then by sleep.
  public void prepareToWaitForRoom() {
    Ring.INT.setOpaque(memory, Ring.ROOM_WANTED, 1);
    // Pairs with the fence in RingReader.release.
    Ring.fullFence();
  }

  /// Takes [#prepareToWaitForRoom] back.
  ///
  /// @return false if it is too late: the wake-up is on its way
  public boolean cancelWait() {
    return Ring.takeFlag(memory, Ring.ROOM_WANTED);
  }

  /// Withdraws the task at `position`, which must not have been released.
  ///
  /// @return false if the worker has started it
  public boolean withdraw(long position) {
    return Ring.INT.compareAndSet(memory, kindAt(position), Ring.QUEUED, Ring.WITHDRAWN);
  }

  /// The kind of the record at `position`, which must not have been released.
  public int kind(long position) {
    return (int) Ring.INT.getVolatile(memory, kindAt(position));
  }

  private static int kindAt(long position) {
    return Ring.RECORDS + (int) (position & (Ring.CAPACITY - 1)) + Ring.KIND;
  }
}
