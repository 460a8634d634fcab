package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.SerializableFunction;
import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One function applied to all items of a collection, in chunks. The calling thread encodes chunks
/// while the workers work on those before, and parks while enough are on their way.
public final class MapCall {
  /// A chunk size that follows from what items turn out to cost.
  public static final int AUTOMATIC_CHUNK = 0;

  /// How long a chunk of automatic size should take.
  private static final long CHUNK_NANOS = 500_000;

  /// The most chunks on their way.
  private static final int MOST_CHUNKS = 16 << 10;

  /// What the results of a chunk of automatic size should take at most: more would go by the link.
  private static final int CHUNK_BYTES = TaskEncoder.LARGEST_CHUNK;

  /// Chunks handed to the dispatcher at once.
  private static final int BATCH = 256;

  private final Dispatcher dispatcher;
  private final Definition function;
  private final @Nullable Object[] items;
  private final @Nullable Object[] results;
  private final int chunk;
  private final int workers;
  private final Thread caller = Thread.currentThread();

  /// Chunks on their way.
  private final AtomicInteger unfinished = new AtomicInteger();

  /// The caller wants to be woken when no more than this are on their way. Written by the caller.
  private volatile int wakeAt = -1;

  private volatile @Nullable Throwable failure;

  /// The mean cost of an item as of late; written by those who bring results, which is good enough.
  private volatile double itemNanos = -1;

  /// The mean size of a result as of late; as above.
  private volatile double resultBytes = -1;

  private int next;

  private MapCall(Dispatcher dispatcher, Object function, Collection<?> items, int chunk) {
    this.dispatcher = dispatcher;
    this.function = dispatcher.encoder().function(function);
    this.items = items.toArray();
    this.results = new @Nullable Object[this.items.length];
    this.chunk = chunk;
    this.workers = dispatcher.options().workers();
  }

  @SuppressWarnings("unchecked") // the function gives R
  public static <R extends @Nullable Object> List<R> run(
      Dispatcher dispatcher,
      SerializableFunction<?, ? extends R> function,
      Collection<?> items,
      int chunk)
      throws InterruptedException, ExecutionException {
    var call = new MapCall(dispatcher, function, items, chunk);
    call.run();
    return (List<R>) Collections.unmodifiableList(Arrays.asList(call.results));
  }

  private void run() throws InterruptedException, ExecutionException {
    boolean finished = false;
    try {
      while (next < items.length) {
        sendSome();
        awaitAtMost(window() / 2);
      }
      awaitAtMost(0);
      finished = true;
    } finally {
      if (!finished) {
        dispatcher.cancelAll(this);
      }
      dispatcher.forget(function);
    }
  }

  /// Sends chunks until the window is full.
  private void sendSome() throws InterruptedException {
    int window = window();
    while (next < items.length && unfinished.get() < window && failure == null) {
      var batch = new ArrayList<Task>();
      int most = Math.min(BATCH, window - unfinished.get());
      while (next < items.length && batch.size() < most) {
        var encoded =
            dispatcher
                .encoder()
                .chunk(
                    function, Arrays.asList(items).subList(next, items.length), next, chunkSize());
        batch.add(new Chunk(encoded, next));
        next += encoded.count();
      }
      unfinished.addAndGet(batch.size());
      dispatcher.submitAll(batch);
    }
  }

  private int window() {
    boolean isProbing = chunk == AUTOMATIC_CHUNK && itemNanos < 0;
    return isProbing ? 2 * workers : MOST_CHUNKS;
  }

  private int chunkSize() {
    if (chunk != AUTOMATIC_CHUNK) {
      return chunk;
    }
    double nanos = itemNanos;
    if (nanos < 0) {
      return 1;
    }
    int fairShare = Math.ceilDiv(items.length - next, 2 * workers);
    double mostInTime = CHUNK_NANOS / Math.max(1, nanos);
    return Math.max(1, (int) Math.min(fairShare, Math.min(mostInTime, mostInRing())));
  }

  /// Results that are too large for the ring even alone do not matter here.
  private double mostInRing() {
    double bytes = resultBytes;
    return bytes <= CHUNK_BYTES ? CHUNK_BYTES / Math.max(1, bytes) : Double.MAX_VALUE;
  }

  private void awaitAtMost(int most) throws InterruptedException, ExecutionException {
    wakeAt = most;
    while (unfinished.get() > most && failure == null) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    wakeAt = -1;
    var problem = failure;
    if (problem != null) {
      throw new ExecutionException(problem);
    }
  }

  private static double newMean(double known, double value) {
    return known < 0 ? value : (known + value) / 2;
  }

  private void oneLess() {
    if (unfinished.decrementAndGet() <= wakeAt || failure != null) {
      LockSupport.unpark(caller);
    }
  }

  /// Some of the items, on their way.
  private final class Chunk extends Task {
    private final int start;
    private final int count;

    Chunk(TaskEncoder.EncodedChunk encoded, int start) {
      super(encoded.task(), TaskOptions.defaults());
      this.start = start;
      this.count = encoded.count();
    }

    @Override
    boolean belongsTo(Object whole) {
      return MapCall.this.equals(whole);
    }

    @Override
    boolean isWanted() {
      return failure == null;
    }

    @Override
    void returned(long runNanos, Decoder value) {
      learn(runNanos, value.available());
      try {
        for (int i = start; i < start + count; i++) {
          results[i] = dispatcher.reader().read(value);
        }
      } catch (Throwable problem) {
        failure = problem;
      }
      oneLess();
    }

    /// What the sizes of further chunks follow from.
    private void learn(long runNanos, int bytes) {
      if (chunk == AUTOMATIC_CHUNK) {
        resultBytes = newMean(resultBytes, (double) bytes / count);
        itemNanos = newMean(itemNanos, (double) runNanos / count);
      }
    }

    @Override
    void failed(Throwable problem) {
      failure = problem;
      oneLess();
    }

    @Override
    @Nullable Runnable asRunnable() {
      return null;
    }
  }
}
