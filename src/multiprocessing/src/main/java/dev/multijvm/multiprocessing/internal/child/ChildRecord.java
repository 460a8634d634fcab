package dev.multijvm.multiprocessing.internal.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What a child learns on its standard input, where nobody else can read it.
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
    out.writeUTF(name);
    out.writeUTF(failurePath);
    out.writeInt(task.length);
    out.write(task);
    out.flush();
  }

  /// @throws java.io.EOFException if the parent ended before all of it was written
  static ChildRecord readFrom(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    long parentPid = in.readLong();
    String name = in.readUTF();
    String failurePath = in.readUTF();
    byte[] task = new byte[in.readInt()];
    in.readFully(task);
    return new ChildRecord(parentPid, name, failurePath, task);
  }
}
