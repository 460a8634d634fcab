package dev.multijvm.multiprocessing.internal.wire;

/// The first byte of an encoded value. Both ends are of one build, so the numbers may change
/// freely.
final class Tag {
  static final byte NULL = 0;
  static final byte TRUE = 1;
  static final byte FALSE = 2;
  static final byte INT = 3;
  static final byte LONG = 4;
  static final byte DOUBLE = 5;
  static final byte FLOAT = 6;
  static final byte SHORT = 7;
  static final byte BYTE = 8;
  static final byte CHARACTER = 9;

  /// A string whose characters all fit a byte; length, then a byte each.
  static final byte LATIN_STRING = 10;

  /// Any other string; length, then two bytes each. Lone surrogates survive.
  static final byte WIDE_STRING = 11;

  static final byte BYTES = 12;
  static final byte INTS = 13;
  static final byte LONGS = 14;
  static final byte DOUBLES = 15;

  /// Everything else: a stream of JDK serialization, to the end of its own length.
  static final byte SERIALIZED = 16;

  /// A lambda: the number of its shape, then its captured values one by one.
  static final byte LAMBDA = 17;

  /// A lambda: the number of its shape, then an array of its captured values, which may refer to
  /// each other.
  static final byte ENTANGLED_LAMBDA = 18;

  /// A record of common components: the name of its class, their count, then each of them.
  static final byte RECORD = 19;

  private Tag() {}
}
