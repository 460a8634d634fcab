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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One function applied lazily to a stream of items: keeps a window of chunks ahead of its
/// consumer, who alone reads the items and sends them. Any thread may close it.
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

  /// Who has closed it.
  private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();

  private final LinkedBlockingQueue<Results> done = new LinkedBlockingQueue<>();

  /// What the consumer waits for if the order is that of the items.
  private volatile @Nullable Results awaited;

  // The consumer's own.
  private final ArrayDeque<Results> sent = new ArrayDeque<>();
  private long itemsSent;
  private Iterator<@Nullable Object> ready = Collections.emptyIterator();
  private boolean exhausted;

  /// Those of one chunk.
  private static final class Results extends CompletableFuture<@Nullable Object[]> {}

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
    boolean isOpen = false;
    try {
      var results = new MapStream<R>(dispatcher, function, items.iterator(), chunkSize, order);
      isOpen = true;
      return StreamSupport.stream(results, false).onClose(results::close).onClose(items::close);
    } finally {
      if (!isOpen) {
        items.close();
      }
    }
  }

  /// @throws CancellationException if another thread has closed the stream before its end
  @Override
  @SuppressWarnings("unchecked") // the function gives R
  public boolean tryAdvance(Consumer<? super R> action) {
    var thread = closer.get();
    if (thread != null) {
      forgetResults();
      if (!exhausted && !thread.equals(Thread.currentThread())) {
        throw wasClosed();
      }
      return false;
    }
    while (!ready.hasNext()) {
      sendAhead();
      if (sent.isEmpty()) {
        exhausted = true;
        close();
        return false;
      }
      ready = Arrays.asList(nextResults()).iterator();
    }
    action.accept((R) ready.next());
    return true;
  }

  private void forgetResults() {
    sent.clear();
    done.clear();
    ready = Collections.emptyIterator();
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
        sent.add(chunk.results);
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
    if (closer.get() != null) {
      // Whoever closed it may have come too early for this chunk.
      recall();
      throw wasClosed();
    }
  }

  private static CancellationException wasClosed() {
    return new CancellationException("the stream was closed");
  }

  private static CancellationException cancelledBy(InterruptedException cause, String message) {
    Thread.currentThread().interrupt();
    var cancelled = new CancellationException(message);
    cancelled.initCause(cause);
    return cancelled;
  }

  private @Nullable Object[] nextResults() {
    try {
      var first = order == Order.OF_ITEMS ? awaitFirst() : done.take();
      var results = first.get();
      sent.remove(first);
      return results;
    } catch (InterruptedException interrupted) {
      close();
      throw cancelledBy(interrupted, "interrupted while waiting for a result");
    } catch (ExecutionException problem) {
      if (!close()) {
        throw wasClosed();
      }
      throw new CompletionException(problem.getCause());
    }
  }

  /// The results that are next in the items' order, which [#close] completes too.
  private Results awaitFirst() {
    var first = sent.element();
    awaited = first; // Before the look: either it is seen by who closes, or the close is seen.
    if (closer.get() != null) {
      throw wasClosed();
    }
    return first;
  }

  /// Cancels what is on its way and ends the wait of the consumer.
  ///
  /// @return whether nobody had done so before
  private boolean close() {
    if (!closer.compareAndSet(null, Thread.currentThread())) {
      return false;
    }
    recall();
    var none = new Results();
    none.completeExceptionally(wasClosed());
    done.add(none);
    var first = awaited;
    if (first != null) {
      first.completeExceptionally(wasClosed());
    }
    return true;
  }

  private void recall() {
    if (!exhausted) {
      dispatcher.cancelAll(this);
    }
    dispatcher.forget(function);
  }

  /// Some of the items, on their way.
  private final class Chunk extends Task {
    private final Results results = new Results();
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
        done.add(results);
      }
    }

    @Override
    @Nullable Runnable asRunnable() {
      return null;
    }
  }
}
