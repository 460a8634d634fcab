package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.SerializableCallable;

/// A task that is a record, as is its result: what a worker runs so that all this takes is in the
/// cache, or warm.
public record SampleRecord(int number, long other, String text)
    implements SerializableCallable<SampleRecord> {
  @Override
  public SampleRecord call() {
    return new SampleRecord(number + 1, other + number, text);
  }
}
