package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Shares;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A point at which threads of several processes wait for each other, again and again, with the
/// verbs of [CyclicBarrier][java.util.concurrent.CyclicBarrier].
///
/// It breaks for all who wait when one of them is interrupted, its time is over, or its process
/// dies or closes its handle, and stays broken until [#reset]. A party that dies before it arrives
/// is not known to the barrier: the others wait for it until their timeout.
///
/// What the parties did before they arrived is visible to all of them afterwards. Waiting costs no
/// CPU after a short spin, given [native access][dev.multijvm.multiprocessing]; virtual threads
/// park; an interrupt can go unnoticed for 100 ms. Each method throws [IllegalStateException] once
/// the barrier was closed.
public final class SharedBarrier extends Shared {

  @Serial private static final long serialVersionUID = 1;

  // | offset | size | field     | written by          | read by  | meaning                        |
  // |-------:|-----:|-----------|---------------------|----------|--------------------------------|
  // |      0 |  128 | `mutex`   | `Mutex`             | `Mutex`  | guards all that follows        |
  // |    128 |    4 | `word`    | holder of the mutex | sleepers | bit 0: broken; bit 1: somebody |
  // |        |      |           |                     |          | sleeps; above: rounds ended    |
  // |    256 |    4 | `parties` | creator, before use | all      | how many must arrive           |
  // |    260 |    4 | `arrived` | holder of the mutex | holder   | arrived in this round          |
  // |    264 |    8 | `ends`    | holder of the mutex | holder   | bit i: the i-th last one broke |
  // |    384 | 8192 | `shares`  | holder of the mutex | holder   | arrived, by process            |
  //
  // The sleepers' bit is set by CAS without the mutex.
  private static final long WORD = SharedFile.BODY + Mutex.SIZE;
  private static final long PARTIES = WORD + Words.APART;
  private static final long ARRIVED = PARTIES + 4;
  private static final long ENDS = PARTIES + 8;
  private static final long SHARES = PARTIES + Words.APART;
  private static final long END = SHARES + Shares.SIZE;

  private static final int BROKEN = 1;
  private static final int SLEEPERS = 2;
  private static final int ONE_ROUND = 4;

  private final transient MemorySegment segment;
  private final transient Mutex mutex;
  private final transient Berth berth;
  private final transient Shares shares;

  /// Whether this process has looked at its slot; under the mutex.
  private transient boolean joined;

  SharedBarrier(SharedFile file) {
    super(file);
    segment = file.segment();
    mutex = new Mutex(file, SharedFile.BODY);
    berth = new Berth(file, WORD);
    shares = new Shares(file, SHARES);
  }

  /// Makes a barrier at which `parties` threads meet.
  ///
  /// @throws IOException if there is no room for it
  public static SharedBarrier create(int parties) throws IOException {
    if (parties < 1) {
      throw new IllegalArgumentException("parties must be positive: " + parties);
    }
    var file = SharedFile.create(SharedKind.BARRIER, END - SharedFile.BODY);
    Words.INT.set(file.segment(), PARTIES, parties);
    return made(new SharedBarrier(file));
  }

  /// How many threads meet here.
  public int getParties() {
    file.requireOpen();
    return plain(PARTIES);
  }

  /// How many threads wait here now.
  public int getNumberWaiting() {
    lock();
    try {
      return plain(ARRIVED);
    } finally {
      mutex.unlock();
    }
  }

  /// Whether it is broken.
  public boolean isBroken() {
    lock();
    try {
      return (word() & BROKEN) != 0;
    } finally {
      mutex.unlock();
    }
  }

  /// Makes it whole again, for a new round. Whoever waits now gets a [BrokenBarrierException].
  public void reset() {
    lock();
    try {
      if (plain(ARRIVED) > 0) {
        endRound(Outcome.BROKEN);
      }
      Words.INT.getAndBitwiseAnd(segment, WORD, ~BROKEN);
    } finally {
      mutex.unlock();
    }
  }

  /// Waits until all parties are here.
  ///
  /// @return how many were still to come when this one arrived: 0 is the last
  /// @throws BrokenBarrierException if the barrier is broken, or breaks meanwhile
  /// @throws InterruptedException if this thread is interrupted, which breaks the barrier
  public int await() throws InterruptedException, BrokenBarrierException {
    try {
      return await(Waiting.FOREVER);
    } catch (TimeoutException e) {
      throw new AssertionError("no time was given", e);
    }
  }

  /// As [#await], at most so long.
  ///
  /// @throws TimeoutException if that time is over, which breaks the barrier
  public int await(Duration timeout)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    return await(Waiting.nanos(timeout));
  }

  @Override
  Stream<Berth> berths() {
    return Stream.of(berth, mutex.berth());
  }

  @Override
  void giveUp() {
    mutex.awaitIdle();
    shares.abandon();
    mutex.abandon();
  }

  private int await(long timeoutNanos)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    if (Thread.interrupted()) {
      breakRound(word() & -ONE_ROUND);
      throw new InterruptedException();
    }
    var waiting = new Waiting(berth, timeoutNanos);
    int index;
    int round;
    lock();
    try {
      if ((word() & BROKEN) != 0) {
        throw new BrokenBarrierException();
      }
      index = plain(PARTIES) - 1 - plain(ARRIVED);
      if ((index == 0 || !joined) && shares.removeDead() > 0) {
        // It died while nobody waited with it. In the slot of this process there may be its share.
        endRound(Outcome.BROKEN);
        throw new BrokenBarrierException();
      }
      joined = true;
      if (index == 0) {
        endRound(Outcome.COMPLETE);
        return 0;
      }
      round = word() & -ONE_ROUND;
      shares.add(1);
      Words.INT.set(segment, ARRIVED, plain(ARRIVED) + 1);
    } finally {
      mutex.unlock();
    }
    awaitEnd(waiting, round);
    return index;
  }

  private void awaitEnd(Waiting waiting, int round)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    var interrupted = false;
    try {
      for (var seen = word(); (seen & -ONE_ROUND) == round; seen = word()) {
        if (waiting.spin()) {
          continue;
        }
        if (waiting.isOver() && breakRound(round)) {
          throw new TimeoutException();
        }
        if (interrupted && breakRound(round)) {
          interrupted = false;
          throw new InterruptedException();
        }
        if (waiting.isCheckDue()) {
          breakRoundOfDead(round);
        }
        interrupted |= sleep(waiting, seen);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (outcomeOf(round) == Outcome.BROKEN) {
      throw new BrokenBarrierException();
    }
  }

  /// Sleeps unless the word has changed.
  ///
  /// @return whether the thread was interrupted
  private boolean sleep(Waiting waiting, int seen) {
    var marked = seen | SLEEPERS;
    if (seen != marked && !Words.INT.compareAndSet(segment, WORD, seen, marked)) {
      return false;
    }
    try {
      waiting.sleep(marked);
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }

  /// Breaks that round if it has not ended.
  ///
  /// @return whether it had not
  private boolean breakRound(int round) {
    lock();
    try {
      if ((word() & -ONE_ROUND) != round) {
        return false;
      }
      endRound(Outcome.BROKEN);
      return true;
    } finally {
      mutex.unlock();
    }
  }

  private void breakRoundOfDead(int round) {
    lock();
    try {
      if ((word() & -ONE_ROUND) == round && shares.removeDead() > 0) {
        endRound(Outcome.BROKEN);
      }
    } finally {
      mutex.unlock();
    }
  }

  /// Whoever sleeps late finds how its round ended in the bits of [#ENDS], 64 rounds back.
  private Outcome outcomeOf(int round) {
    lock();
    try {
      var ago = ((word() & -ONE_ROUND) - round) / ONE_ROUND - 1;
      var ends = (long) Words.LONG.get(segment, ENDS);
      return (ends >>> ago & 1) == 0 ? Outcome.COMPLETE : Outcome.BROKEN;
    } finally {
      mutex.unlock();
    }
  }

  /// Takes the mutex. A process that died with it may have arrived or not: the round is broken.
  private void lock() {
    mutex.lock();
    if (mutex.previousOwnerDied()) {
      endRound(Outcome.BROKEN);
    }
  }

  /// Lets everybody go, under the mutex.
  private void endRound(Outcome outcome) {
    shares.clear();
    Words.INT.set(segment, ARRIVED, 0);
    var ends = (long) Words.LONG.get(segment, ENDS);
    Words.LONG.set(segment, ENDS, ends << 1 | (outcome == Outcome.BROKEN ? 1 : 0));
    while (true) {
      var seen = word();
      var next = (seen & -ONE_ROUND) + ONE_ROUND | (outcome == Outcome.BROKEN ? BROKEN : 0);
      // The CAS is a full fence: either it sees the bit of a sleeper, or the sleeper sees its word
      // changed.
      if (Words.INT.compareAndSet(segment, WORD, seen, next)) {
        if ((seen & SLEEPERS) != 0) {
          berth.wake(Integer.MAX_VALUE);
        }
        return;
      }
    }
  }

  /// Pairs with the CAS in `endRound`.
  private int word() {
    return (int) Words.INT.getVolatile(segment, WORD);
  }

  /// Plain access is enough under the mutex.
  private int plain(long field) {
    return (int) Words.INT.get(segment, field);
  }

  private enum Outcome {
    COMPLETE,
    BROKEN
  }
}
