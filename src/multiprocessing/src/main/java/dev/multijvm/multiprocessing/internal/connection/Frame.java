package dev.multijvm.multiprocessing.internal.connection;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

/// What stands before each message.
///
/// | offset | size | field    | meaning                                   |
/// |-------:|-----:|----------|-------------------------------------------|
/// |      0 |    3 | mark     | `m`, `j`, and the version of this layout  |
/// |      3 |    1 | kind     | 0 for bytes, 1 for an object              |
/// |      4 |    4 | length   | bytes that follow, big-endian             |
record Frame(Kind kind, int length) {
  static final int HEADER_BYTES = 8;
  private static final int MARK = 0x6d6a01;

  enum Kind {
    BYTES(0),
    OBJECT(1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  void putHeader(ByteBuffer target) {
    target.putInt(MARK << Byte.SIZE | kind.code).putInt(length);
  }

  /// @throws StreamCorruptedException if these are not the bytes of a header
  static Frame getHeader(ByteBuffer source) throws StreamCorruptedException {
    var mark = source.getInt();
    var length = source.getInt();
    for (var kind : Kind.values()) {
      if (mark == (MARK << Byte.SIZE | kind.code) && length >= 0) {
        return new Frame(kind, length);
      }
    }
    throw new StreamCorruptedException(
        "not the start of a message: %08x %08x".formatted(mark, length));
  }
}
