package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.MachineShare;
import dev.multijvm.multiprocessing.internal.launch.Nesting;
import dev.multijvm.multiprocessing.internal.ring.RingPair;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.start.Spares;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts the workers of one pool: memory, secret, socket, process.
public final class WorkerStarter implements AutoCloseable {
  private static final AtomicLong POOLS = new AtomicLong();

  private final PoolOptions options;
  private final MachineShare share;
  private final JvmCommand command;
  private final byte[] initializer;
  private final byte[] exitHook;
  private final SecureRandom random = new SecureRandom();
  private final Path socket;
  private final Switchboard switchboard;

  WorkerStarter(PoolOptions options) {
    this.options = options;
    share = MachineShare.ofOneIn(options.workers());
    command = command(options, share);
    initializer = encoded(options.initializer());
    exitHook = encoded(options.exitHook());
    try {
      socket = Scratch.directory().resolve("pool-" + POOLS.incrementAndGet());
    } catch (IOException problem) {
      throw new MultiprocessingException("no directory for the pool's socket", problem);
    }
    switchboard = switchboard(socket, options.workers());
  }

  private static Switchboard switchboard(Path socket, int workers) {
    Nesting.take(workers);
    try {
      return new Switchboard(socket);
    } catch (IOException | OutOfMemoryError problem) {
      Nesting.giveBack(workers);
      throw new MultiprocessingException("no socket for the pool's workers", problem);
    }
  }

  private static JvmCommand command(PoolOptions options, MachineShare share) {
    var arguments = options.jvmArguments();
    var sized = JvmCommand.of(WorkerMain.class).withShare(share);
    return arguments == null ? sized : sized.withJvmArguments(arguments);
  }

  /// Starts spares for a pool with `options` and waits for them.
  ///
  /// @return how many are ready
  public static int prestart(PoolOptions options, Duration timeout) throws InterruptedException {
    var command = command(options, MachineShare.ofOneIn(options.workers()));
    try {
      return Spares.prepare(command, options.workers(), timeout);
    } catch (IOException problem) {
      throw new MultiprocessingException("spares cannot be started", problem);
    }
  }

  private static byte[] encoded(@Nullable SerializableRunnable hook) {
    return hook == null ? new byte[0] : TaskEncoder.standAlone(hook);
  }

  /// Starts one worker, without waiting for it.
  ///
  /// @throws MultiprocessingException if that cannot be done
  Worker start(Lifecycle lifecycle, int number) {
    byte[] token = new byte[Message.TOKEN_SIZE];
    random.nextBytes(token);
    Path ringFile = null;
    RingPair rings = null;
    // An interrupt of the caller would close the files that are opened here.
    boolean interrupted = Thread.interrupted();
    boolean done = false;
    try {
      var worker = new Worker(lifecycle, switchboard, number);
      ringFile = ringFile();
      rings = ringFile == null ? null : RingPair.map(ringFile);
      var channel =
          rings == null
              ? new LinkChannel(worker.link)
              : new RingChannel(worker, worker.link, rings);
      switchboard.expect(token, worker.link);
      var process = WorkerProcess.start(command, methodFor(number), boot(token, number, ringFile));
      worker.started(process, channel, new Traces(token, ringFile));
      done = true;
      return worker;
    } catch (IOException | OutOfMemoryError problem) {
      throw new MultiprocessingException("a worker process could not be started", problem);
    } finally {
      if (!done) {
        new Traces(token, ringFile).remove();
        if (rings != null) {
          rings.close();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// A worker that takes the place of another is started with the pool's lock: nobody trains then.
  private StartMethod methodFor(int number) {
    var method = options.startMethod();
    return number > options.workers() && method == StartMethod.CACHED
        ? StartMethod.AUTOMATIC
        : method;
  }

  /// The file of the rings; null if there is no shared memory and none is insisted on.
  private @Nullable Path ringFile() throws IOException {
    return switch (options.transport()) {
      case SOCKET -> null;
      case SHARED_MEMORY -> Scratch.createFile("rings", RingPair.FILE_SIZE);
      case AUTOMATIC -> {
        try {
          yield Scratch.createFile("rings", RingPair.FILE_SIZE);
        } catch (IOException _) {
          yield null;
        }
      }
    };
  }

  private BootRecord boot(byte[] token, int number, @Nullable Path ringFile) {
    return new BootRecord(
        token,
        number,
        ProcessHandle.current().pid(),
        Nesting.part(options.workers()),
        socket.toString(),
        ringFile == null ? "" : ringFile.toString(),
        initializer,
        exitHook,
        Objects.requireNonNullElse(options.serialFilter(), ""));
  }

  /// What a worker leaves behind if it never comes to life.
  final class Traces {
    private final byte[] token;
    private final @Nullable Path ringFile;

    Traces(byte[] token, @Nullable Path ringFile) {
      this.token = token;
      this.ringFile = ringFile;
    }

    /// Removes the file, which both sides have mapped by now or never will.
    void removeFile() {
      if (ringFile != null) {
        try {
          Files.deleteIfExists(ringFile);
        } catch (IOException _) {
          // The directory is removed at the end of this JVM.
        }
      }
    }

    void remove() {
      switchboard.forget(token);
      removeFile();
    }
  }

  /// How many spares wait for this pool, or another one like it.
  int spares() {
    return Spares.ready(command);
  }

  /// How workers are sized.
  String sizing() {
    var arguments = options.jvmArguments();
    return arguments == null ? share.toString() : String.join(" ", arguments);
  }

  @Override
  public void close() {
    switchboard.close();
    Nesting.giveBack(options.workers());
    try {
      Files.deleteIfExists(socket);
    } catch (IOException _) {
      // The directory is removed at the end of this JVM.
    }
    Scratch.sweep(); // what its workers made and could not remove
  }
}
