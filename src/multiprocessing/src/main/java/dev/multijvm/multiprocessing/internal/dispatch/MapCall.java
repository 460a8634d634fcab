package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.SerializableFunction;
import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One function applied to many items, in chunks.
public final class MapCall {
  /// A chunk size that follows from the number of items.
  public static final int AUTOMATIC_CHUNK = 0;

  /// In which order a stream gives results.
  public enum Order {
    OF_ITEMS,
    OF_COMPLETION
  }

  private static final int CHUNKS_PER_WORKER = 4;

  private final Dispatcher dispatcher;
  private final SharedFunction function;

  private MapCall(Dispatcher dispatcher, Object function) {
    this.dispatcher = dispatcher;
    this.function = dispatcher.share(function);
  }

  /// Some of the items, on their way.
  private static final class Chunk extends CompletableFuture<@Nullable Object[]>
      implements TaskOwner {
    private final Dispatcher dispatcher;
    private final int count;
    private final Consumer<Chunk> whenDone;
    private final Task task;

    Chunk(MapCall call, List<?> items, Consumer<Chunk> whenDone) {
      dispatcher = call.dispatcher;
      count = items.size();
      this.whenDone = whenDone;
      byte[] body = TaskEncoder.encodeChunk(call.function, items);
      task = new Task(this, body, call.function, TaskOptions.defaults());
      dispatcher.submit(task);
    }

    @Override
    public boolean isWanted() {
      return !isDone();
    }

    @Override
    public void returned(Task task, long runNanos, Decoder value) {
      var results = new @Nullable Object[count];
      try {
        for (int i = 0; i < count; i++) {
          results[i] = dispatcher.reader().read(value);
        }
        complete(results);
      } catch (Throwable problem) {
        completeExceptionally(problem);
      }
      whenDone.accept(this);
    }

    @Override
    public void threw(Task task, Throwable problem) {
      completeExceptionally(problem);
      whenDone.accept(this);
    }

    void drop() {
      if (cancel(true)) {
        dispatcher.cancel(task, true);
      }
    }
  }

  @SuppressWarnings("unchecked") // the function gives R
  public static <R extends @Nullable Object> List<R> run(
      Dispatcher dispatcher,
      SerializableFunction<?, ? extends R> function,
      Collection<?> items,
      int chunk)
      throws InterruptedException, ExecutionException {
    var list = new ArrayList<@Nullable Object>(items);
    int size = chunk == AUTOMATIC_CHUNK ? automaticChunk(dispatcher, list.size()) : chunk;
    var call = new MapCall(dispatcher, function);
    var chunks = new ArrayList<Chunk>();
    var results = new ArrayList<@Nullable Object>(list.size());
    try {
      for (int start = 0; start < list.size(); start += size) {
        chunks.add(call.send(list.subList(start, Math.min(start + size, list.size())), _ -> {}));
      }
      for (var one : chunks) {
        Collections.addAll(results, one.get());
      }
    } finally {
      chunks.forEach(Chunk::drop);
      dispatcher.forget(call.function);
    }
    return (List<R>) Collections.unmodifiableList(results);
  }

  private static int automaticChunk(Dispatcher dispatcher, int items) {
    return Math.max(1, Math.ceilDiv(items, dispatcher.options().workers() * CHUNKS_PER_WORKER));
  }

  private Chunk send(List<?> items, Consumer<Chunk> whenDone) {
    return new Chunk(this, items, whenDone);
  }

  public static <R extends @Nullable Object> Stream<R> stream(
      Dispatcher dispatcher,
      SerializableFunction<?, ? extends R> function,
      Stream<?> items,
      int chunk,
      Order order) {
    var results = new Results<R>(new MapCall(dispatcher, function), items.iterator(), chunk, order);
    return StreamSupport.stream(results, false).onClose(results::close).onClose(items::close);
  }

  /// Keeps a window of chunks ahead of its consumer.
  private static final class Results<R extends @Nullable Object>
      extends Spliterators.AbstractSpliterator<R> {
    private final MapCall call;
    private final Iterator<?> items;
    private final int chunkSize;
    private final Order order;
    private final int window;
    private final ArrayDeque<Chunk> sent = new ArrayDeque<>();
    private final LinkedBlockingQueue<Chunk> done = new LinkedBlockingQueue<>();
    private Iterator<@Nullable Object> ready = Collections.emptyIterator();

    Results(MapCall call, Iterator<?> items, int chunkSize, Order order) {
      super(Long.MAX_VALUE, order == Order.OF_ITEMS ? Spliterator.ORDERED : 0);
      this.call = call;
      this.items = items;
      this.chunkSize = chunkSize;
      this.order = order;
      this.window = call.dispatcher.options().workers() * CHUNKS_PER_WORKER;
    }

    @Override
    @SuppressWarnings("unchecked") // the function gives R
    public boolean tryAdvance(Consumer<? super R> action) {
      while (!ready.hasNext()) {
        sendAhead();
        if (sent.isEmpty()) {
          close();
          return false;
        }
        ready = Arrays.asList(next()).iterator();
      }
      action.accept((R) ready.next());
      return true;
    }

    private void sendAhead() {
      while (sent.size() < window && items.hasNext()) {
        var some = new ArrayList<@Nullable Object>(chunkSize);
        while (some.size() < chunkSize && items.hasNext()) {
          some.add(items.next());
        }
        sent.add(call.send(some, order == Order.OF_COMPLETION ? done::add : _ -> {}));
      }
    }

    private @Nullable Object[] next() {
      try {
        var chunk = order == Order.OF_ITEMS ? sent.element() : done.take();
        var results = chunk.get();
        sent.remove(chunk);
        return results;
      } catch (InterruptedException interrupted) {
        close();
        Thread.currentThread().interrupt();
        var cancelled = new CancellationException("interrupted while waiting for a result");
        cancelled.initCause(interrupted);
        throw cancelled;
      } catch (ExecutionException problem) {
        close();
        throw new CompletionException(problem.getCause());
      }
    }

    void close() {
      sent.forEach(Chunk::drop);
      sent.clear();
      call.dispatcher.forget(call.function);
    }
  }
}
