package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever goes wrong while a task or a result is written or read, in the worker or here: that
/// task alone fails.
class HarmfulSerializationTest extends HarmTest {
  HarmfulSerializationTest(Transport transport) {
    super(transport);
  }

  /// What happens at some moment of serialization.
  enum Harm {
    THROW,
    OVERFLOW,
    EXHAUST,
    HALT;

    void happen() throws IOException {
      switch (this) {
        case THROW -> throw new IOException("on purpose");
        case OVERFLOW -> {
          var _ = overflow(0);
        }
        case EXHAUST -> throw new OutOfMemoryError("on purpose");
        case HALT -> Runtime.getRuntime().halt(8);
      }
    }

    /// What the caller is to see if the process survives.
    Class<? extends Throwable> throwable() {
      return switch (this) {
        case THROW -> IOException.class;
        case OVERFLOW -> StackOverflowError.class;
        case EXHAUST -> OutOfMemoryError.class;
        case HALT -> WorkerLostException.class;
      };
    }
  }

  private enum Moment {
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

  @ParameterizedTest
  @EnumSource(Harm.class)
  void workerThatReadsTheTask(Harm harm) {
    var bomb = new Bomb(harm, Moment.READING, true);

    var future = submitAmongOthers(() -> bomb.harm.name());

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(harm.throwable());
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void workerThatWritesTheResult(Harm harm) {
    var bomb = new Bomb(harm, Moment.WRITING, true);

    var future = submitAmongOthers(() -> bomb);

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .isInstanceOf(harm.throwable());
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW", "EXHAUST"})
  void parentThatWritesTheTask(Harm harm) {
    var bomb = new Bomb(harm, Moment.WRITING, false);

    assertThatThrownBy(() -> pool.submit(() -> bomb.harm.name()))
        .satisfies(thrown ->
            assertThat(thrown.getCause() == null ? thrown : thrown.getCause())
                .isInstanceOf(harm.throwable()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Harm.class,
      names = {"THROW", "OVERFLOW", "EXHAUST"})
  void parentThatReadsTheResult(Harm harm) {
    var bomb = new Bomb(harm, Moment.READING, false);

    var future = submitAmongOthers(() -> bomb);

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(harm.throwable());
  }
}
