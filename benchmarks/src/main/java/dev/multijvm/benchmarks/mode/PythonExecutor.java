package dev.multijvm.benchmarks.mode;

import dev.multijvm.benchmarks.workload.Workload;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// Hands tasks to a pool of Python's.
///
/// A [Workload] that is a record travels as the name of its kernel and those of its components that
/// are numbers or texts, or enum constants, in their order; what else it holds, Python's side has
/// of its own. Tasks of one call run together.
final class PythonExecutor extends SynchronousExecutor {

  private final PythonInterpreter interpreter;
  private final LongConsumer clock;
  private final Runnable afterwards;

  /// Opens the pool, with all of its threads or processes.
  ///
  /// @param pool `serial`, `threads` or `processes`
  /// @param clock is told how many nanoseconds the tasks of one call took, by Python's clock; of a
  ///   task that is many operations, each of these
  /// @param afterwards runs when the pool is closed
  PythonExecutor(
      PythonInterpreter interpreter,
      String pool,
      int workers,
      LongConsumer clock,
      Runnable afterwards) {
    this.interpreter = interpreter;
    this.clock = clock;
    this.afterwards = afterwards;
    interpreter.ask(Map.of("open", pool, "workers", workers));
  }

  /// Runs all tasks; one that fails fails the call.
  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
    var reply = interpreter.ask(Map.of("run", tasks.stream().map(PythonExecutor::line).toList()));
    var nanos = reply.path("nanos");
    if (nanos.isArray()) {
      nanos.forEach(operation -> clock.accept(operation.asLong()));
    } else {
      clock.accept(nanos.asLong());
    }
    Readings.tellEach(reply.path("each").valueStream().mapToLong(JsonNode::asLong).toArray());
    reply
        .path("told")
        .properties()
        .forEach(told -> Readings.tell(told.getKey(), told.getValue().asDouble()));
    List<Future<T>> futures = new ArrayList<>();
    for (var answer : reply.path("answers")) {
      futures.add(answered(answer.asLong()));
    }
    return futures;
  }

  @SuppressWarnings("unchecked") // the answer of a workload is a number
  private static <T> Future<T> answered(Long answer) {
    return (Future<T>) CompletableFuture.completedFuture(answer);
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return invokeAll(List.of(task)).getFirst();
  }

  private static List<Object> line(Callable<?> task) {
    if (task instanceof PythonWork work) {
      return work.line();
    }
    if (!(task instanceof Workload workload && task instanceof Record)) {
      throw new RejectedExecutionException(
          "only workloads that are records run in Python: " + task);
    }
    List<Object> line = new ArrayList<>(List.of(workload.kernel()));
    for (var component : task.getClass().getRecordComponents()) {
      var value = value(component, task);
      if (value instanceof Number || value instanceof String) {
        line.add(value);
      } else if (value instanceof Enum<?> constant) {
        line.add(constant.name());
      }
    }
    return line;
  }

  private static Object value(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " of " + record, e);
    }
  }

  /// Always refuses: Java's code does not run in Python.
  @Override
  public void execute(Runnable task) {
    throw new RejectedExecutionException("only workloads run in Python: " + task);
  }

  @Override
  protected void release() {
    interpreter.ask(Map.of("close", true));
    afterwards.run();
  }
}
