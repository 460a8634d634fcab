package dev.multijvm.benchmarks.workload;

import java.util.Arrays;

/// A task that does nothing but be `size` bytes large, so that bringing them to the worker takes
/// the time.
///
/// A class rather than a record because an array has no value to compare.
public final class Payload implements Workload {

  private static final long serialVersionUID = 1;

  private final byte[] bytes;

  public Payload(int size) {
    bytes = filled(size);
  }

  /// Returns `size` bytes that are not zero.
  public static byte[] filled(int size) {
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  /// Returns what tells that all of `bytes` came: their number, seven times, and the last one.
  public static long sum(byte[] bytes) {
    return bytes.length == 0 ? 0 : 7L * bytes.length + bytes[bytes.length - 1];
  }

  /// Returns the [#sum] of `size` bytes that [#filled] made.
  public static long sumOf(int size) {
    return size == 0 ? 0 : 7L * size + 7;
  }

  @Override
  public String kernel() {
    return "payload";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return sumOf(bytes.length);
  }

  @Override
  public Long call() {
    return sum(bytes);
  }

  @Override
  public String toString() {
    return "Payload[size=" + bytes.length + "]";
  }
}
