package dev.multijvm.multiprocessing.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.multijvm.multiprocessing.SerializableCallable;
import dev.multijvm.multiprocessing.TaskNotSerializableException;
import dev.multijvm.multiprocessing.internal.insight.Insights;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter.Lambdas;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class TaskEncoderTest {
  private static final int TASKS = 10_000;

  private final TaskEncoder encoder = new TaskEncoder(Lambdas.BY_NUMBER, new Insights());

  @Test
  void threadWhoseTaskCouldNotBeWrittenEncodesTheNextAsCheaplyAsBefore() {
    allocatedForTasks();
    long before = allocatedForTasks();
    Object unwritable = new Object();
    SerializableCallable<String> refused = unwritable::toString;

    assertThatThrownBy(() -> encoder.call(refused))
        .isInstanceOf(TaskNotSerializableException.class);

    assertThat(allocatedForTasks()).isLessThan(2 * before);
  }

  /// Bytes that this thread allocates for many tasks.
  private long allocatedForTasks() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SerializableCallable<Integer> task = () -> 1;
    long start = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TASKS; i++) {
      encoder.call(task);
    }
    return threads.getCurrentThreadAllocatedBytes() - start;
  }
}
