package dev.multijvm.multiprocessing.internal.shared;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/// How much of something each process has: a number for each slot of [Participants].
///
/// All access is under one [Mutex], so plain access is enough. An entry:
///
/// | offset | size | field    | written by          | read by             | meaning                              |
/// |-------:|-----:|----------|---------------------|---------------------|--------------------------------------|
/// |      0 |    4 | `ticket` | holder of the mutex | holder of the mutex | whose share it is, or was            |
/// |      4 |    4 | `count`  | holder of the mutex | holder of the mutex | the share                            |
public final class Shares {

  private static final StructLayout ENTRY =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("ticket"), ValueLayout.JAVA_INT.withName("count"));
  private static final long TICKET = ENTRY.byteOffset(PathElement.groupElement("ticket"));
  private static final long COUNT = ENTRY.byteOffset(PathElement.groupElement("count"));

  /// How many bytes of shared memory they take.
  public static final long SIZE = Participants.SLOTS * ENTRY.byteSize();

  private final MemorySegment segment;
  private final Participants participants;
  private final long offset;

  /// @param offset in `file`, a multiple of 4
  public Shares(SharedFile file, long offset) {
    this.segment = file.segment();
    this.participants = file.participants();
    this.offset = offset;
  }

  /// The share of this process.
  public int mine() {
    var at = entry(Participants.slotOf(participants.ticket()));
    return get(at + TICKET) == participants.ticket() ? get(at + COUNT) : 0;
  }

  /// Changes the share of this process, whose slot must not be in use by a dead one: see
  /// [#removeDead].
  public void add(int delta) {
    var at = entry(Participants.slotOf(participants.ticket()));
    Words.INT.set(segment, at + COUNT, mine() + delta);
    Words.INT.set(segment, at + TICKET, participants.ticket());
  }

  /// The sum of all shares.
  public int sum() {
    var sum = 0;
    for (var slot = 1; slot < Participants.SLOTS; slot++) {
      sum += get(entry(slot) + COUNT);
    }
    return sum;
  }

  /// Takes away the shares of dead processes.
  ///
  /// @return how much that was
  public int removeDead() {
    var removed = 0;
    for (var slot = 1; slot < Participants.SLOTS; slot++) {
      var at = entry(slot);
      var count = get(at + COUNT);
      if (count != 0 && participants.isDead(get(at + TICKET))) {
        Words.INT.set(segment, at + COUNT, 0);
        removed += count;
      }
    }
    return removed;
  }

  /// Lets the share of this process count as that of a dead one, when its handle is closed. No
  /// thread of this process may be changing it; others cannot.
  public void abandon() {
    if (mine() != 0) {
      var at = entry(Participants.slotOf(participants.ticket()));
      Words.INT.set(segment, at + TICKET, Participants.ABANDONED);
    }
  }

  /// Takes away all shares.
  public void clear() {
    segment.asSlice(offset, SIZE).fill((byte) 0);
  }

  private int get(long at) {
    return (int) Words.INT.get(segment, at);
  }

  private long entry(int slot) {
    return offset + slot * ENTRY.byteSize();
  }
}
