package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.stream.Stream;

/// Something that has happened or not, for all processes: they can wait until it is [#set].
///
/// Setting it ends the waits of all who wait at that moment, even if it is cleared at once. What a
/// thread did before [#set] is visible to whoever finds it set.
///
/// Waiting costs no CPU after a short spin, given [native access][dev.multijvm.multiprocessing];
/// virtual threads park; an interrupt can go unnoticed for 100 ms. A wait ends with a
/// [MultiprocessingException] when the creator is dead. Each method throws [IllegalStateException]
/// once the event was closed.
public final class SharedEvent extends Shared {

  @Serial private static final long serialVersionUID = 1;

  /// All there is in memory, changed by CAS in any process: bit 0 says that it is set, bit 1 that
  /// somebody sleeps, the others how often it was set.
  private static final long WORD = SharedFile.BODY;

  private static final int SET = 1;
  private static final int SLEEPERS = 2;
  private static final int ONE_TIME = 4;

  private final transient MemorySegment segment;
  private final transient Berth berth;

  SharedEvent(SharedFile file) {
    super(file);
    segment = file.segment();
    berth = new Berth(file, WORD);
  }

  /// Makes an event that is not set.
  ///
  /// @throws IOException if there is no room for it
  public static SharedEvent create() throws IOException {
    return made(new SharedEvent(SharedFile.create(SharedKind.EVENT, Words.APART)));
  }

  /// Whether it is set.
  public boolean isSet() {
    file.requireOpen();
    return (word() & SET) != 0;
  }

  /// Sets it, and ends all waits. If it is set already, nothing changes.
  public void set() {
    file.requireOpen();
    while (true) {
      var seen = word();
      if ((seen & SET) != 0) {
        return;
      }
      // The CAS is a full fence: either it sees the bit of a sleeper, or the sleeper sees its word
      // changed.
      if (Words.INT.compareAndSet(segment, WORD, seen, ((seen + ONE_TIME) | SET) & ~SLEEPERS)) {
        if ((seen & SLEEPERS) != 0) {
          berth.wake(Integer.MAX_VALUE);
        }
        return;
      }
    }
  }

  /// Makes it not set again.
  public void clear() {
    file.requireOpen();
    Words.INT.getAndBitwiseAnd(segment, WORD, ~SET);
  }

  /// Waits until it is set.
  public void await() throws InterruptedException {
    await(Waiting.FOREVER);
  }

  /// Waits until it is set, at most so long; says whether it was.
  public boolean await(Duration timeout) throws InterruptedException {
    return await(Waiting.nanos(timeout));
  }

  private boolean await(long timeoutNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    file.requireOpen();
    var first = word();
    var waiting = new Waiting(berth, timeoutNanos);
    for (var seen = first; !wasSet(first, seen); seen = word()) {
      if (waiting.spin()) {
        continue;
      }
      var isOver = waiting.isOver();
      if (isOver || waiting.isCheckDue()) {
        file.requireCreator(berth);
      }
      if (isOver) {
        return false;
      }
      var marked = seen | SLEEPERS;
      if (seen == marked || Words.INT.compareAndSet(segment, WORD, seen, marked)) {
        waiting.sleep(marked);
      }
    }
    return true;
  }

  /// Whether it is set, or was since `first` was seen.
  private static boolean wasSet(int first, int seen) {
    return (seen & SET) != 0 || ((seen ^ first) & -ONE_TIME) != 0;
  }

  /// Pairs with the CAS in [#set].
  private int word() {
    return (int) Words.INT.getVolatile(segment, WORD);
  }

  @Override
  Stream<Berth> berths() {
    return Stream.of(berth);
  }
}
