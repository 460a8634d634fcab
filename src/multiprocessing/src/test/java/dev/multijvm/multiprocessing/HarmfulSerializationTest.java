package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong while a task or a result is written or read, in the worker or here: that
/// task alone fails.
class HarmfulSerializationTest extends HarmTest {
  private final Transport transport;

  HarmfulSerializationTest(Transport transport) {
    super(transport);
    this.transport = transport;
  }

  /// What happens at some moment of serialization, and what the caller is to see of it if it
  /// happens in a worker, null for nothing, and to read.
  enum Harm {
    THROW(IOException.class),
    FAIL(AssertionError.class),
    OVERFLOW(StackOverflowError.class),
    FILL_HEAP(OutOfMemoryError.class),
    FILL_METASPACE(OutOfMemoryError.class),
    FILL_DIRECT_MEMORY(OutOfMemoryError.class),
    EXIT(WorkerLostException.class, "exit 5"),
    HALT(WorkerLostException.class, "exit 8"),
    BE_KILLED(WorkerLostException.class, "signal 9"),
    CRASH(WorkerLostException.class, "crash file"),
    BE_STOPPED(TimeoutException.class),
    DEADLOCK(TimeoutException.class),
    PRINT(null),
    CLOSE_INPUT(null),
    CLOSE_ERRORS(null),
    /// Until the pool has noticed that, the worker still gets tasks, and cannot print.
    CLOSE_OUTPUT(null);

    private final @Nullable Class<? extends Throwable> seen;
    private final String read;

    Harm(@Nullable Class<? extends Throwable> seen) {
      this(seen, "");
    }

    Harm(@Nullable Class<? extends Throwable> seen, String read) {
      this.seen = seen;
      this.read = read;
    }

    void happen() throws IOException {
      switch (this) {
        case THROW -> throw new IOException("on purpose");
        case FAIL -> throw new AssertionError("on purpose");
        case OVERFLOW -> {
          var _ = overflow(0);
        }
        case FILL_HEAP -> fillHeap();
        case FILL_METASPACE -> fillMetaspace();
        case FILL_DIRECT_MEMORY -> ByteBuffer.allocateDirect(2 << 20).put((byte) 1);
        case EXIT -> System.exit(5);
        case HALT -> Runtime.getRuntime().halt(8);
        case BE_KILLED -> signalUninterruptibly("KILL");
        case CRASH -> crash();
        case BE_STOPPED -> signalUninterruptibly("STOP");
        case DEADLOCK -> hang();
        case PRINT -> print();
        case CLOSE_INPUT -> new FileInputStream(FileDescriptor.in).close();
        case CLOSE_OUTPUT -> new FileOutputStream(FileDescriptor.out).close();
        case CLOSE_ERRORS -> new FileOutputStream(FileDescriptor.err).close();
      }
    }

    private static void fillHeap() {
      long[][] all = new long[1 << 10][];
      for (int i = 0; i < all.length; i++) {
        all[i] = new long[1 << 20];
      }
      System.err.println(all.length);
    }

    private static void fillMetaspace() {
      Object[] all = new Object[1 << 20];
      for (int i = 0; i < all.length; i++) {
        all[i] =
            Proxy.newProxyInstance(
                new URLClassLoader(new URL[0]), new Class<?>[] {Runnable.class}, (_, _, _) -> 0);
      }
    }

    @SuppressWarnings("restricted") // the crash is the point
    private static void crash() {
      System.err.println(MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_BYTE, 0));
    }

    private static void signalUninterruptibly(String signal) throws IOException {
      try {
        signal(signal);
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
    }

    private static void hang() {
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException _) {
          // Deaf on purpose.
        }
      }
    }

    /// As native code would: bells and text.
    private static void print() throws IOException {
      var out = new FileOutputStream(FileDescriptor.out);
      out.write(new byte[100]);
      out.write("stray text\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  enum Moment {
    WRITING,
    READING
  }

  /// Does harm when it is written, or read, in this JVM or in a worker.
  private static final class Bomb implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Harm harm;
    private final Moment moment;
    private final boolean inWorker;
    private final long here = ProcessHandle.current().pid();

    Bomb(Harm harm, Moment moment, boolean inWorker) {
      this.harm = harm;
      this.moment = moment;
      this.inWorker = inWorker;
    }

    private void pass(Moment now) throws IOException {
      boolean isHere = here == ProcessHandle.current().pid();
      if (now == moment && isHere != inWorker) {
        harm.happen();
      }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      pass(Moment.WRITING);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      pass(Moment.READING);
    }
  }

  /// An exception with a bomb in it.
  private static final class Explosive extends Exception {
    private static final long serialVersionUID = 1L;

    private final Bomb bomb;

    Explosive(Bomb bomb) {
      super("with a bomb");
      this.bomb = bomb;
    }

    String harm() {
      return bomb.harm.name();
    }
  }

  private static TaskOptions limit(Harm harm) {
    var none = TaskOptions.defaults();
    return harm.seen == TimeoutException.class
        ? none.withHardTimeout(Duration.ofMillis(500))
        : none;
  }

  private static void assertSeen(Harm harm, ProcessFuture<?> future) throws Exception {
    if (harm.seen == null) {
      assertThat(future.get(30, SECONDS)).isNotNull();
      return;
    }
    assertThatThrownBy(() -> future.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .isInstanceOf(harm.seen)
        .asString()
        .contains(harm.read);
    if (future.exceptionNow() instanceof WorkerLostException lost && lost.crashFile().isPresent()) {
      Files.delete(lost.crashFile().get());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Harm.class, mode = EnumSource.Mode.EXCLUDE, names = "FILL_METASPACE")
  void workerThatReadsTheTask(Harm harm) throws Exception {
    var bomb = new Bomb(harm, Moment.READING, true);

    var future = submitAmongOthers(() -> bomb.harm.name(), limit(harm));

    assertSeen(harm, future);
  }

  @ParameterizedTest
  @EnumSource(value = Harm.class, mode = EnumSource.Mode.EXCLUDE, names = "FILL_METASPACE")
  void workerThatWritesTheResult(Harm harm) throws Exception {
    var bomb = new Bomb(harm, Moment.WRITING, true);

    var future = submitAmongOthers(() -> bomb, limit(harm));

    assertSeen(harm, future);
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW", "EXIT", "HALT", "BE_KILLED", "CRASH"})
  void workerThatReadsTheFunctionOfAMap(Harm harm) throws Exception {
    var bomb = new Bomb(harm, Moment.READING, true);
    SerializableFunction<Integer, String> function = n -> bomb.harm.name() + n;

    var problem = catchThrowable(() -> pool.map(function, List.of(1, 2, 3)));

    assertThat(problem).isInstanceOf(ExecutionException.class).rootCause().isInstanceOf(harm.seen);
    if (problem.getCause() instanceof WorkerLostException lost && lost.crashFile().isPresent()) {
      Files.delete(lost.crashFile().get());
    }
  }

  @Test
  @Tag("stress")
  void workerThatFillsItsMetaspaceAsItReadsAndWrites() throws Exception {
    workerThatReadsTheTask(Harm.FILL_METASPACE);
    workerThatWritesTheResult(Harm.FILL_METASPACE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "FAIL", "OVERFLOW", "FILL_DIRECT_MEMORY"})
  void workerThatWritesTheException(Harm harm) {
    var explosive = new Explosive(new Bomb(harm, Moment.WRITING, true));

    var future =
        submitAmongOthers(() -> {
          throw explosive;
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .cause()
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("with a bomb");
  }

  /// An exception whose description fails in a worker, and is null anywhere.
  private static final class Indescribable extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean throwing;
    private final long here = ProcessHandle.current().pid();

    Indescribable(boolean throwing) {
      this.throwing = throwing;
    }

    @Override
    @SuppressWarnings({
      "NullAway",
      "OverrideThrowableToString",
      "ToStringReturnsNull"
    }) // on purpose
    public String toString() {
      if (throwing && here != ProcessHandle.current().pid()) {
        throw new IllegalStateException("no words for it");
      }
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exceptionThatCannotBeDescribedArrivesAsItself(boolean throwing) throws Exception {
    var indescribable = new Indescribable(throwing);

    var future =
        submitAmongOthers(() -> {
          throw indescribable;
        });

    assertThat(future.handle((_, problem) -> problem.getClass()).get(30, SECONDS))
        .isEqualTo(Indescribable.class);
  }

  @Test
  void exceptionWithTooManyCausesToBeToldArrivesInWords() {
    var future =
        submitAmongOthers(() -> {
          Exception problem = new IOException("the first of many");
          for (int i = 0; i < 20_000; i++) {
            problem = new IOException("one of many", problem);
          }
          throw problem;
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .cause()
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("one of many");
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW"})
  void parentThatReadsTheException(Harm harm) {
    var explosive = new Explosive(new Bomb(harm, Moment.READING, false));

    var future =
        submitAmongOthers(() -> {
          throw explosive;
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .cause()
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("with a bomb");
    assertThat(explosive.harm()).isEqualTo(harm.name());
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW"})
  void parentThatWritesTheTask(Harm harm) {
    var bomb = new Bomb(harm, Moment.WRITING, false);

    assertThatThrownBy(() -> pool.submit(() -> bomb.harm.name()))
        .satisfies(thrown ->
            assertThat(thrown.getCause() == null ? thrown : thrown.getCause())
                .isInstanceOf(harm.seen));
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW"})
  void parentThatReadsTheResult(Harm harm) {
    var bomb = new Bomb(harm, Moment.READING, false);

    var future = submitAmongOthers(() -> bomb);

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(harm.seen);
  }

  /// A parent of its own: what else runs in this JVM must not miss the memory.
  @ParameterizedTest
  @EnumSource(Moment.class)
  void parentThatRunsOutOfMemory(Moment moment) throws Exception {
    var chosen = transport;
    try (var parent = TestChild.start(List.of("-Xmx48m"), () -> runOutOfMemory(chosen, moment))) {
      assertThat(parent.said()).isEqualTo("java.lang.OutOfMemoryError: Java heap space");
      assertThat(parent.said()).isEqualTo("190");
      parent.join();
    }
  }

  private static void runOutOfMemory(Transport transport, Moment moment) throws Exception {
    try (var pool = ProcessPool.open(OPTIONS.withTransport(transport))) {
      var others = new ArrayList<ProcessFuture<Integer>>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        others.add(pool.submit(() -> number));
        if (i == 10) {
          TestChild.say(outOfMemory(pool, new Bomb(Harm.FILL_HEAP, moment, false)));
        }
      }
      int sum = 0;
      for (var other : others) {
        sum += other.get(30, SECONDS);
      }
      TestChild.say(sum);
    }
  }

  private static @Nullable Throwable outOfMemory(ProcessPool pool, Bomb bomb) throws Exception {
    try {
      pool.submit(() -> bomb).get(30, SECONDS);
      return null;
    } catch (OutOfMemoryError inSubmit) {
      return inSubmit;
    } catch (ExecutionException inGet) {
      return inGet.getCause();
    }
  }

  /// Kills all workers of this pool when it is written, or read, in the parent.
  private static final class Killer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Moment moment;
    private final ArrayList<Long> victims;
    private final long here = ProcessHandle.current().pid();

    Killer(Moment moment, List<Long> victims) {
      this.moment = moment;
      this.victims = new ArrayList<>(victims);
    }

    private void pass(Moment now) {
      if (now == moment && here == ProcessHandle.current().pid()) {
        for (long victim : victims) {
          ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      pass(Moment.WRITING);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      pass(Moment.READING);
    }
  }

  private Killer killer(Moment moment) {
    return new Killer(moment, pool.workers().stream().map(WorkerInfo::pid).toList());
  }

  @Test
  void parentThatWritesTheTaskWhileTheWorkersDie() throws Exception {
    var killer = killer(Moment.WRITING);

    var future = pool.submit(() -> killer.victims.size(), TaskOptions.defaults().withRetries(3));

    assertThat(future.get(30, SECONDS)).isEqualTo(killer.victims.size());
    awaitOtherWorkersThan(killer.victims);
  }

  @Test
  void parentThatReadsTheResultWhileTheWorkersDie() throws Exception {
    var killer = killer(Moment.READING);

    assertThat(pool.submit(() -> killer).get(30, SECONDS).victims).isEqualTo(killer.victims);
    awaitOtherWorkersThan(killer.victims);
  }

  private void awaitOtherWorkersThan(List<Long> victims) throws InterruptedException {
    while (pool.workers().stream().map(WorkerInfo::pid).anyMatch(victims::contains)) {
      Thread.sleep(5);
    }
  }
}
