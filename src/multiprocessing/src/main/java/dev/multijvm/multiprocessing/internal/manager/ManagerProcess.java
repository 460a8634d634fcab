package dev.multijvm.multiprocessing.internal.manager;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.start.Starter;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// The process of a manager, as the one that started it sees it.
public final class ManagerProcess implements AutoCloseable {
  private static final int KEY_BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PERIOD = Duration.ofMillis(2);
  private static final AtomicLong NEXT = new AtomicLong();

  private final ChildJvm child;
  private final Path socket;
  private final RemoteObject factory;

  private ManagerProcess(ChildJvm child, Path socket, String hexKey) {
    this.child = child;
    this.socket = socket;
    factory = new RemoteObject(socket.toString(), hexKey, child.pid(), RemoteObject.FACTORY);
  }

  /// Starts the process and waits until it answers.
  public static ManagerProcess start() {
    var name = "manager-" + NEXT.incrementAndGet();
    try {
      var socket = Scratch.directory().resolve(name);
      var hexKey = newKey();
      var command = JvmCommand.of(ManagerMain.class);
      var child = Starter.start(command, StartMethod.AUTOMATIC, name, "").child();
      var process = new ManagerProcess(child, socket, hexKey);
      process.boot(hexKey);
      return process;
    } catch (IOException | OutOfMemoryError e) {
      throw new MultiprocessingException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static String newKey() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private void boot(String hexKey) throws IOException {
    try {
      child.pumpStandardOutput();
      var parentPid = ProcessHandle.current().pid();
      new ManagerMain.Boot(parentPid, socket.toString(), hexKey).writeTo(child.input());
      awaitSocket();
    } catch (IOException e) {
      close();
      throw new IOException(child.end().toString(), e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new MultiprocessingException("interrupted while starting " + child.name(), e);
    } catch (OutOfMemoryError e) {
      close(); // there is no thread for its output
      throw e;
    }
  }

  private void awaitSocket() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!child.process().isAlive()) {
        throw new IOException("ended at once");
      }
      if (deadline - System.nanoTime() < 0) {
        throw new IOException("does not answer");
      }
      Thread.sleep(PERIOD);
    }
  }

  private boolean answers() throws IOException {
    var address = UnixDomainSocketAddress.of(socket);
    try {
      Connection.connect(address, factory.key(), Caller.OPTIONS).close();
      return true;
    } catch (SocketException _) {
      return false; // the socket is not there yet
    }
  }

  public long pid() {
    return child.pid();
  }

  /// Makes an object there.
  public RemoteObject create(ServedType type) {
    var id = (Long) Objects.requireNonNull(factory.call(type));
    return new RemoteObject(factory.socket(), factory.hexKey(), factory.pid(), id);
  }

  @Override
  public void close() {
    child.close();
    Caller.forgetEnded();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException _) {
      // It goes with the directory that it is in.
    }
  }
}
