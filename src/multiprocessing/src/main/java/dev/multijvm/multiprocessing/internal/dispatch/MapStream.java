package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.SerializableFunction;
import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
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

/// One function applied lazily to a stream of items: keeps a window of chunks ahead of its
/// consumer, who alone reads the items and sends them.
///
/// @param <R> the type of the results
public final class MapStream<R extends @Nullable Object>
    extends Spliterators.AbstractSpliterator<R> {
  /// In which order the results come.
  public enum Order {
    OF_ITEMS,
    OF_COMPLETION
  }

  private static final int CHUNKS_PER_WORKER = 4;

  private final Dispatcher dispatcher;
  private final Definition function;
  private final Iterator<?> items;
  private final int chunkSize;
  private final Order order;
  private final int window;
  private final ArrayDeque<Chunk> sent = new ArrayDeque<>();
  private long itemsSent;
  private final LinkedBlockingQueue<Chunk> done = new LinkedBlockingQueue<>();
  private Iterator<@Nullable Object> ready = Collections.emptyIterator();

  private MapStream(
      Dispatcher dispatcher, Object function, Iterator<?> items, int chunkSize, Order order) {
    super(Long.MAX_VALUE, order == Order.OF_ITEMS ? Spliterator.ORDERED : 0);
    this.dispatcher = dispatcher;
    this.function = dispatcher.encoder().function(function);
    this.items = items;
    this.chunkSize = chunkSize;
    this.order = order;
    this.window = dispatcher.options().workers() * CHUNKS_PER_WORKER;
  }

  public static <R extends @Nullable Object> Stream<R> open(
      Dispatcher dispatcher,
      SerializableFunction<?, ? extends R> function,
      Stream<?> items,
      int chunkSize,
      Order order) {
    var results = new MapStream<R>(dispatcher, function, items.iterator(), chunkSize, order);
    return StreamSupport.stream(results, false).onClose(results::close).onClose(items::close);
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
      ready = Arrays.asList(nextResults()).iterator();
    }
    action.accept((R) ready.next());
    return true;
  }

  private void sendAhead() {
    boolean finished = false;
    try {
      sendUntilWindowIsFull();
      finished = true;
    } finally {
      if (!finished) {
        close();
      }
    }
  }

  private void sendUntilWindowIsFull() {
    while (sent.size() < window && items.hasNext()) {
      var some = new ArrayList<@Nullable Object>();
      while (some.size() < chunkSize && items.hasNext()) {
        some.add(items.next());
      }
      for (int start = 0; start < some.size(); ) {
        var encoded =
            dispatcher
                .encoder()
                .chunk(function, some.subList(start, some.size()), itemsSent, chunkSize);
        var chunk = new Chunk(encoded);
        sent.add(chunk);
        submit(chunk);
        start += encoded.count();
        itemsSent += encoded.count();
      }
    }
  }

  private void submit(Chunk chunk) {
    try {
      var _ = dispatcher.submit(chunk, Long.MAX_VALUE);
    } catch (InterruptedException interrupted) {
      throw cancelledBy(interrupted, "interrupted while waiting for room");
    }
  }

  private static CancellationException cancelledBy(InterruptedException cause, String message) {
    Thread.currentThread().interrupt();
    var cancelled = new CancellationException(message);
    cancelled.initCause(cause);
    return cancelled;
  }

  private @Nullable Object[] nextResults() {
    try {
      var chunk = order == Order.OF_ITEMS ? sent.element() : done.take();
      var results = chunk.results.get();
      sent.remove(chunk);
      return results;
    } catch (InterruptedException interrupted) {
      close();
      throw cancelledBy(interrupted, "interrupted while waiting for a result");
    } catch (ExecutionException problem) {
      close();
      throw new CompletionException(problem.getCause());
    }
  }

  private void close() {
    if (!sent.isEmpty()) {
      dispatcher.cancelAll(this);
      sent.clear();
    }
    dispatcher.forget(function);
  }

  /// Some of the items, on their way.
  private final class Chunk extends Task {
    private final CompletableFuture<@Nullable Object[]> results = new CompletableFuture<>();
    private final int count;

    Chunk(TaskEncoder.EncodedChunk encoded) {
      super(encoded.task(), TaskOptions.defaults());
      count = encoded.count();
    }

    @Override
    boolean belongsTo(Object whole) {
      return MapStream.this.equals(whole);
    }

    @Override
    boolean isWanted() {
      return true;
    }

    @Override
    void returned(long runNanos, Decoder value) {
      try {
        var read = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
          read[i] = dispatcher.reader().read(value);
        }
        results.complete(read);
        tell();
      } catch (Throwable problem) {
        failed(problem);
      }
    }

    @Override
    void failed(Throwable problem) {
      // Wrapped, it is no cancellation of these results, whatever it is.
      results.completeExceptionally(new CompletionException(problem));
      tell();
    }

    /// Nobody would take it out again where the order is that of the items.
    private void tell() {
      if (order == Order.OF_COMPLETION) {
        done.add(this);
      }
    }

    @Override
    @Nullable Runnable asRunnable() {
      return null;
    }
  }
}
