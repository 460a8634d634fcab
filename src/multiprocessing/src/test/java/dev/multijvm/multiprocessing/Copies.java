package dev.multijvm.multiprocessing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HexFormat;

/// What arrives when an object is sent by Java serialization.
final class Copies {
  private Copies() {}

  @SuppressWarnings("unchecked") // What was written is what is read.
  static <T> T copyOf(T object) throws IOException, ClassNotFoundException {
    return (T) fromBytes(toBytes(object));
  }

  /// The bytes of an object in digits, to be said or told.
  static String toText(Object object) throws IOException {
    return HexFormat.of().formatHex(toBytes(object));
  }

  static Object fromText(String digits) throws IOException, ClassNotFoundException {
    return fromBytes(HexFormat.of().parseHex(digits));
  }

  static byte[] toBytes(Object object) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static Object fromBytes(byte[] bytes) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
