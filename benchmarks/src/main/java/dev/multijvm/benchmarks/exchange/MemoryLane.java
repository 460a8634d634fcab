package dev.multijvm.benchmarks.exchange;

import dev.multijvm.multiprocessing.SharedMemory;
import dev.multijvm.multiprocessing.SharedSemaphore;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// One direction of a line through shared memory: slots that are filled and emptied in turn, and
/// counted by two semaphores.
///
/// @param memory the slots; each begins with the length of its message
/// @param slotBytes the size of a slot
/// @param empty how many slots may be filled
/// @param full how many wait to be read
public record MemoryLane(
    SharedMemory memory, long slotBytes, SharedSemaphore empty, SharedSemaphore full)
    implements Serializable, AutoCloseable {

  private static final int SLOTS = 4;

  /// The length's place, so wide that messages begin on a cache line of their own.
  private static final int LENGTH_BYTES = 64;

  static MemoryLane open(int messageBytes) throws IOException {
    long slotBytes = LENGTH_BYTES + (long) messageBytes;
    return new MemoryLane(
        SharedMemory.create(SLOTS * slotBytes),
        slotBytes,
        SharedSemaphore.unowned(SLOTS),
        SharedSemaphore.unowned(0));
  }

  void put(long number, ByteBuffer message) throws InterruptedException {
    empty.acquire();
    var slot = slot(number);
    slot.set(ValueLayout.JAVA_INT_UNALIGNED, 0, message.remaining());
    var bytes = MemorySegment.ofBuffer(message);
    MemorySegment.copy(bytes, 0, slot, LENGTH_BYTES, bytes.byteSize());
    full.release();
  }

  ByteBuffer take(long number, ByteBuffer spare) throws InterruptedException {
    full.acquire();
    var slot = slot(number);
    int length = slot.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    MemorySegment.copy(slot, LENGTH_BYTES, MemorySegment.ofBuffer(spare.clear()), 0, length);
    empty.release();
    return spare.limit(length);
  }

  private MemorySegment slot(long number) {
    return memory.segment().asSlice(number % SLOTS * slotBytes, slotBytes);
  }

  @Override
  public void close() {
    memory.close();
    empty.close();
    full.close();
  }
}
