package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;

/// Bytes that several processes map: what one writes, the others read, without a copy.
///
/// ```java
/// try (var memory = SharedMemory.create(1 << 20)) {
///   memory.segment().set(ValueLayout.JAVA_INT, 0, 42);
///   pool.submit(() -> memory.segment().get(ValueLayout.JAVA_INT, 0)).get(); // 42
/// }
/// ```
///
/// The handle travels inside tasks and messages; it carries no bytes. The bytes begin as zeros and
/// start at a multiple of 128.
///
/// Plain accesses of two processes to the same bytes are a race, as with threads: order them by a
/// [SharedLock], by a message, or by the access modes of a `VarHandle`. Submitting a task and
/// getting its result order what came before and after them.
///
/// All of it is written once when it is made, so that too little room is an [IOException] then and
/// not a crash later. In a container `/dev/shm` often has 64 MiB; the system property
/// `multijvm.scratch` names another directory.
public final class SharedMemory extends Shared {

  @Serial private static final long serialVersionUID = 1;

  private final transient MemorySegment bytes;

  SharedMemory(SharedFile file) {
    super(file);
    bytes = file.segment().asSlice(SharedFile.BODY);
  }

  /// Makes shared memory of `byteSize` zero bytes.
  ///
  /// @throws IOException if there is no room for it
  public static SharedMemory create(long byteSize) throws IOException {
    if (byteSize < 0) {
      throw new IllegalArgumentException("byteSize must not be negative: " + byteSize);
    }
    return made(new SharedMemory(SharedFile.create(SharedKind.MEMORY, byteSize)));
  }

  /// The bytes, usable by every thread of this process until [#close]. Once the creator has closed
  /// them, they go from here too when the next handle of anything arrives.
  ///
  /// @throws IllegalStateException if it was closed, here or by its creator
  public MemorySegment segment() {
    file.requireOpen();
    return bytes;
  }

  /// How many bytes there are.
  public long byteSize() {
    return bytes.byteSize();
  }

  /// Ends the use of these bytes and unmaps them here: each later access throws
  /// [IllegalStateException]. In the process that made them others can no longer open them either.
  /// Closing twice is harmless.
  ///
  /// Close it when no thread of this process is in the middle of a large copy to or from these
  /// bytes. The JDK promises that such a copy only fails, but as long as JDK-8364167 is open, the
  /// JVM can crash.
  ///
  /// @throws IllegalStateException if native code was given the bytes and has not returned for a
  ///   second
  /// @see <a href="https://bugs.openjdk.org/browse/JDK-8364167">JDK-8364167</a>
  @Override
  public void close() {
    super.close();
  }
}
