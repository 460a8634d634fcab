package dev.multijvm.multiprocessing.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// What a worker learns first, by the pipe from its parent, where nobody else can read it.
///
/// @param token proves to the pool's socket who connects
/// @param number of the worker in its pool
/// @param parentPid the process that the worker must not outlive
/// @param nestedWorkers how many workers the pools that its tasks open may have
/// @param linkPath the pool's socket
/// @param ringPath the file of the two rings; empty where there is none
/// @param initializer a function as a [ValueWriter] writes it; empty for none
/// @param exitHook likewise
/// @param serialFilter a pattern; empty for none
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BootRecord(
    byte[] token,
    int number,
    long parentPid,
    int nestedWorkers,
    String linkPath,
    String ringPath,
    byte[] initializer,
    byte[] exitHook,
    String serialFilter) {
  /// The record as [#readFrom] reads it.
  public byte[] encoded() {
    var out = new Encoder(256);
    out.writeInt(0);
    out.writeBlock(token);
    out.writeInt(number);
    out.writeLong(parentPid);
    out.writeInt(nestedWorkers);
    out.writeText(linkPath);
    out.writeText(ringPath);
    out.writeBlock(initializer);
    out.writeBlock(exitHook);
    out.writeText(serialFilter);
    out.setInt(0, out.size() - Integer.BYTES);
    return out.toBytes();
  }

  /// Reads exactly the record and no byte beyond it.
  public static BootRecord readFrom(InputStream stream) throws IOException {
    int size = new Decoder(exactly(stream, Integer.BYTES)).readInt();
    if (size < 0) {
      throw new IOException("not a boot record: length " + size);
    }
    var in = new Decoder(exactly(stream, size));
    return new BootRecord(
        in.readBlock(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readText(),
        in.readText(),
        in.readBlock(),
        in.readBlock(),
        in.readText());
  }

  private static byte[] exactly(InputStream stream, int count) throws IOException {
    byte[] bytes = stream.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the parent ended before it sent the boot record");
    }
    return bytes;
  }
}
