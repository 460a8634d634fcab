package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// Exceptions whose own code throws checked exceptions that it does not declare: their task fails.
class SneakyExceptionTest extends HarmTest {
  SneakyExceptionTest(Transport transport) {
    super(transport);
  }

  /// Throws `thrown` as if the compiler knew.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the lie is the point
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /// A checked exception that cannot be told.
  private static final class UnprintableException extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public void printStackTrace() {
      throw new IllegalStateException("on purpose");
    }
  }

  /// Public for Java serialization, like its constructor.
  public static final class UnwritableException extends RuntimeException implements Externalizable {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeExternal(ObjectOutput out) {
      throw SneakyExceptionTest.<RuntimeException>sneaky(new UnprintableException());
    }

    @Override
    public void readExternal(ObjectInput in) {}
  }

  /// Public for Java serialization, like its constructor.
  public static final class UnreadableException extends RuntimeException implements Externalizable {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeExternal(ObjectOutput out) {}

    @Override
    public void readExternal(ObjectInput in) {
      throw SneakyExceptionTest.<RuntimeException>sneaky(new UnprintableException());
    }
  }

  @Test
  void exceptionThatCannotBeWrittenInAWorkerThatHasAThreadOfItsOwn() {
    var future =
        submitAmongOthers(() -> {
          new Thread(SneakyExceptionTest::hang).start();
          throw new UnwritableException();
        });

    assertThatThrownBy(() -> future.get(30, SECONDS)).isInstanceOf(ExecutionException.class);
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      // It ends with its process.
    }
  }

  @Test
  void exceptionThatCannotBeRead() {
    var future =
        submitAmongOthers(() -> {
          throw new UnreadableException();
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("UnreadableException");
  }
}
