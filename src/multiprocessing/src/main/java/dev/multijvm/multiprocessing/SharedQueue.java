package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.queue.Encoded;
import dev.multijvm.multiprocessing.internal.queue.QueueCore;
import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Unserializable;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serial;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A [BlockingQueue] between processes, in shared memory.
///
/// ```java
/// try (SharedQueue<String> queue = SharedQueue.create()) {
///   pool.submit(() -> queue.add("hello"));
///   queue.take(); // "hello"
/// }
/// ```
///
/// An element is copied when it is put: numbers, strings and primitive arrays compactly, all else
/// by Java serialization. It is there for takers once it is whole, so a producer that is killed in
/// [#put] harms nobody; an element that was taken is gone with its taker if that dies. Such a death
/// holds the others up for some 100 ms at most.
///
/// [#create] makes a queue that grows, up to what the directory of shared files can hold.
/// [#withCapacity] makes one in which [#put] waits for room.
///
/// What a thread did before it put an element is visible to whoever takes that element. Waiting
/// costs no CPU after a short spin, given [native access][dev.multijvm.multiprocessing]; virtual
/// threads park; an interrupt can go unnoticed for 100 ms. A queue does not know who will put: if
/// all producers are gone, [#take] waits on, so send an end mark or [#poll] with a timeout. Each
/// method throws [IllegalStateException] once the queue was closed.
///
/// An element that cannot be serialized is refused by [IllegalArgumentException], and the queue is
/// as it was. One that cannot be read where it is taken, because its class is missing there, is
/// lost and [MultiprocessingException] says so. A put for which shared memory has no room throws
/// that too.
///
/// @param <E> what the elements are, serializable
public final class SharedQueue<E> extends Shared implements BlockingQueue<E> {

  @Serial private static final long serialVersionUID = 1;

  private final transient QueueCore core;
  private final transient Bulk bulk = new Bulk();

  SharedQueue(SharedFile file) {
    super(file);
    core = new QueueCore(file);
  }

  /// Makes a queue that grows.
  ///
  /// @throws IOException if there is no room for it
  public static <E> SharedQueue<E> create() throws IOException {
    return make(0);
  }

  /// Makes a queue of at most `capacity` elements.
  ///
  /// @throws IOException if there is no room for it
  public static <E> SharedQueue<E> withCapacity(int capacity) throws IOException {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    return make(capacity);
  }

  private static <E> SharedQueue<E> make(int capacity) throws IOException {
    var file = SharedFile.create(SharedKind.QUEUE, QueueCore.SIZE);
    SharedQueue<E> queue = made(new SharedQueue<>(file));
    try {
      queue.core.prepare(capacity);
    } catch (IOException e) {
      queue.close();
      throw e;
    }
    return queue;
  }

  @Override
  public void put(E element) throws InterruptedException {
    var _ = core.put(encode(element), Waiting.FOREVER);
  }

  @Override
  public boolean offer(E element) {
    return core.tryPut(encode(element));
  }

  @Override
  public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
    return core.put(encode(element), unit.toNanos(timeout));
  }

  /// Puts an element, and waits for room at most so long; says whether there was some.
  public boolean offer(E element, Duration timeout) throws InterruptedException {
    return core.put(encode(element), Waiting.nanos(timeout));
  }

  @Override
  public E take() throws InterruptedException {
    return Objects.requireNonNull(decode(core.take(Waiting.FOREVER)));
  }

  @Override
  public @Nullable E poll() {
    return decode(core.tryTake());
  }

  @Override
  public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
    return decode(core.take(unit.toNanos(timeout)));
  }

  /// Takes the first element, and waits for one at most so long; null if none came.
  public @Nullable E poll(Duration timeout) throws InterruptedException {
    return decode(core.take(Waiting.nanos(timeout)));
  }

  @Override
  public @Nullable E peek() {
    return decode(core.peek());
  }

  /// How many elements there are at this instant.
  @Override
  public int size() {
    file.requireOpen();
    return core.size();
  }

  @Override
  public int remainingCapacity() {
    file.requireOpen();
    return core.capacity() == 0 ? Integer.MAX_VALUE : Math.max(0, core.capacity() - size());
  }

  @Override
  public int drainTo(Collection<? super E> target) {
    return drainTo(target, Integer.MAX_VALUE);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // It is about this very object.
  public int drainTo(Collection<? super E> target, int most) {
    if (Objects.requireNonNull(target) == this) {
      throw new IllegalArgumentException("a queue cannot be drained to itself");
    }
    file.requireOpen();
    var count = 0;
    while (count < most) {
      var element = poll();
      if (element == null) {
        break;
      }
      target.add(element);
      count++;
    }
    return count;
  }

  /// Says that an element which this process took has been dealt with, for those who [#join].
  ///
  /// @throws IllegalStateException if that was said of all that this process took
  public void taskDone() {
    core.taskDone();
  }

  /// Waits until the queue is empty and each element that was taken is done: its taker has said
  /// [#taskDone], or has died or closed the queue. That goes for elements that left by [#poll],
  /// [#remove()] or [#drainTo(Collection)] too; what [#clear] removes is done at once.
  public void join() throws InterruptedException {
    var _ = core.join(Waiting.FOREVER);
  }

  /// As [#join], at most so long; says whether it came to that.
  public boolean join(Duration timeout) throws InterruptedException {
    return core.join(Waiting.nanos(timeout));
  }

  /// The elements of this instant, which others may take meanwhile. It removes none.
  @Override
  public Iterator<E> iterator() {
    var elements = core.copy().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public E next() {
        return Objects.requireNonNull(decode(elements.next()));
      }
    };
  }

  /// Over what [#iterator] gives. How many there will be nobody knows before.
  @Override
  public Spliterator<E> spliterator() {
    return Spliterators.spliteratorUnknownSize(
        iterator(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
  }

  @Override
  public boolean add(E element) {
    return bulk.add(element);
  }

  @Override
  public E remove() {
    return bulk.remove();
  }

  @Override
  public E element() {
    return bulk.element();
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return bulk.contains(element);
  }

  @Override
  public boolean containsAll(Collection<?> elements) {
    return bulk.containsAll(elements);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // It is about this very object.
  public boolean addAll(Collection<? extends E> elements) {
    if (elements == this) {
      throw new IllegalArgumentException("a queue cannot be added to itself");
    }
    return bulk.addAll(elements);
  }

  /// Not supported: elements leave in order.
  @Override
  public boolean remove(@Nullable Object element) {
    throw new UnsupportedOperationException("elements leave a shared queue in order");
  }

  /// Not supported: elements leave in order.
  @Override
  public boolean removeAll(Collection<?> elements) {
    throw new UnsupportedOperationException("elements leave a shared queue in order");
  }

  /// Not supported: elements leave in order.
  @Override
  public boolean retainAll(Collection<?> elements) {
    throw new UnsupportedOperationException("elements leave a shared queue in order");
  }

  /// Takes all elements and forgets them: they are done.
  @Override
  public void clear() {
    while (core.tryTake() != null) {
      core.taskDone();
    }
  }

  @Override
  public Object[] toArray() {
    return bulk.toArray();
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return bulk.toArray(array);
  }

  @Override
  Stream<Berth> berths() {
    return core.berths().stream();
  }

  @Override
  void giveUp() {
    core.giveUp();
  }

  private Encoded encode(E element) {
    if (Objects.requireNonNull(element) instanceof Integer number) {
      return new Encoded.Int(number);
    }
    var bytes = new Encoder(64);
    try {
      new ValueWriter(bytes, ValueWriter.Lambdas.SERIALIZED).write(element);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "cannot be written: " + Unserializable.explainElement(element, e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot be written: " + element.getClass().getName() + ": " + e, e);
    }
    return new Encoded.Bytes(bytes);
  }

  @SuppressWarnings("unchecked") // What was put is what is taken.
  private @Nullable E decode(@Nullable Object taken) {
    if (!(taken instanceof byte[] bytes)) {
      return (E) taken;
    }
    var loader = Thread.currentThread().getContextClassLoader();
    try {
      return (E)
          new ValueReader(loader == null ? ClassLoader.getSystemClassLoader() : loader, null)
              .read(new Decoder(bytes));
    } catch (IOException | ClassNotFoundException e) {
      throw new MultiprocessingException("an element of " + file + " cannot be read: " + e, e);
    }
  }

  /// What a collection can do in terms of a queue.
  private final class Bulk extends AbstractQueue<E> {
    @Override
    public boolean offer(E element) {
      return SharedQueue.this.offer(element);
    }

    @Override
    public @Nullable E poll() {
      return SharedQueue.this.poll();
    }

    @Override
    public @Nullable E peek() {
      return SharedQueue.this.peek();
    }

    @Override
    public Iterator<E> iterator() {
      return SharedQueue.this.iterator();
    }

    @Override
    public int size() {
      return SharedQueue.this.size();
    }
  }
}
