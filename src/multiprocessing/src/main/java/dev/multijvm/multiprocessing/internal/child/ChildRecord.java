package dev.multijvm.multiprocessing.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What a child learns by the pipe from its parent, where nobody else can read it.
///
/// @param parentPid the process that the child must not outlive
/// @param name how the child is called
/// @param failurePath where it leaves the exception that ended it, for the parent to find
/// @param task what it runs, as JDK serialization writes it
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ChildRecord(long parentPid, String name, String failurePath, byte[] task) {

  public void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeLong(parentPid);
    writeBlock(out, name.getBytes(UTF_8));
    writeBlock(out, failurePath.getBytes(UTF_8));
    writeBlock(out, task);
    out.flush();
  }

  /// @throws java.io.EOFException if the parent ended before all of it was written
  static ChildRecord readFrom(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    long parentPid = in.readLong();
    String name = new String(readBlock(in), UTF_8);
    String failurePath = new String(readBlock(in), UTF_8);
    return new ChildRecord(parentPid, name, failurePath, readBlock(in));
  }

  private static void writeBlock(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  private static byte[] readBlock(DataInputStream in) throws IOException {
    byte[] block = new byte[in.readInt()];
    in.readFully(block);
    return block;
  }
}
