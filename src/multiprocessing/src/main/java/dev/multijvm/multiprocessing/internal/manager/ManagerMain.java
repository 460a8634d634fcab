package dev.multijvm.multiprocessing.internal.manager;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.internal.child.ProcessName;
import dev.multijvm.multiprocessing.internal.connection.Doorkeeper;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.launch.ParentsPipe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// What a manager's process runs: a thread for each connection carries out calls.
final class ManagerMain {
  private record Served(ServedType type, Object target) {}

  private final ConcurrentMap<Long, Served> objects = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong(RemoteObject.FACTORY);

  private ManagerMain() {}

  public static void main(String[] arguments) throws IOException {
    var boot = Boot.readFrom(ParentsPipe.open());
    ParentWatch.arm(boot.parentPid());
    ProcessName.set(String.valueOf(Path.of(boot.socket()).getFileName()));
    System.setIn(InputStream.nullInputStream());
    var address = UnixDomainSocketAddress.of(boot.socket());
    var key = HexFormat.of().parseHex(boot.hexKey());
    new ManagerMain().serve(Doorkeeper.at(address, key, Caller.OPTIONS));
  }

  /// What the process has to know; it comes by the pipe from its parent, where nobody else can read
  /// it.
  record Boot(long parentPid, String socket, String hexKey) {

    static Boot readFrom(InputStream stream) throws IOException {
      var in = new DataInputStream(stream);
      return new Boot(in.readLong(), in.readUTF(), in.readUTF());
    }

    void writeTo(OutputStream stream) throws IOException {
      var out = new DataOutputStream(stream);
      out.writeLong(parentPid);
      out.writeUTF(socket);
      out.writeUTF(hexKey);
      out.flush();
    }
  }

  private void serve(Doorkeeper door) throws IOException {
    while (true) {
      var connection = door.next();
      try {
        Thread.ofPlatform().daemon().name("multijvm manager").start(() -> answerAll(connection));
      } catch (OutOfMemoryError e) {
        connection.close(); // no thread is left for it; this one must go on
      }
    }
  }

  private void answerAll(Connection connection) {
    try (connection) {
      while (true) {
        connection.sendBytes(answer(connection.receiveBytes()));
      }
    } catch (IOException | OutOfMemoryError _) {
      // The caller has ended, or its call is too long: it learns by the end of the connection.
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a call throws is its answer
  private ByteBuffer answer(byte[] message) {
    try {
      return carryOut(Call.decode(message));
    } catch (Throwable e) {
      return Call.encodeThrown(e);
    } finally {
      var _ = Thread.interrupted(); // if the call did that, it is no reason not to answer
    }
  }

  private ByteBuffer carryOut(Call call) throws IOException {
    if (call.id() == RemoteObject.FACTORY) {
      var type = ServedType.valueOf(call.verb());
      var id = lastId.incrementAndGet();
      objects.put(id, new Served(type, type.create()));
      return Call.encodeResult(id);
    }
    var served = Objects.requireNonNull(objects.get(call.id()), "an object of this manager");
    return served.type().call(served.target(), call.verb(), call.arguments());
  }
}
