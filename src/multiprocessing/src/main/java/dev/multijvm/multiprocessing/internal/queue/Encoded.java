package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.wire.Encoder;

/// An element on its way into the queue.
public sealed interface Encoded {

  /// How many bytes it takes.
  long size();

  /// Puts it into `segment`; says whether there was room.
  boolean putInto(QueueSegment segment);

  /// A number, which needs no codec.
  record Int(int value) implements Encoded {
    @Override
    public long size() {
      return Integer.BYTES;
    }

    @Override
    public boolean putInto(QueueSegment segment) {
      return segment.putInt(value);
    }
  }

  /// What was written to a buffer.
  record Bytes(Encoder buffer) implements Encoded {
    @Override
    public long size() {
      return buffer.size();
    }

    @Override
    public boolean putInto(QueueSegment segment) {
      return segment.putBytes(buffer.array(), buffer.size());
    }
  }
}
