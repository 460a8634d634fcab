package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/// Those who sleep until something about a queue changes: a word that is 1 if there are any.
final class Sleepers {

  private final SharedFile file;
  private final MemorySegment segment;
  private final long word;
  private final Berth berth;

  /// @param word its offset in `file`
  Sleepers(SharedFile file, long word) {
    this.file = file;
    this.word = word;
    segment = file.segment();
    berth = new Berth(file, word);
  }

  Berth berth() {
    return berth;
  }

  /// Says that somebody sleeps, looks again, and sleeps.
  void sleep(Waiting waiting, BooleanSupplier inVain) throws InterruptedException {
    Words.INT.setVolatile(segment, word, 1);
    VarHandle.fullFence(); // pairs with take
    if (inVain.getAsBoolean()) {
      waiting.sleep(1);
    }
  }

  /// Wakes one, after what it sleeps for was published.
  void wakeOne() {
    wake(1);
  }

  /// Wakes all, after what they sleep for was published.
  void wakeAll() {
    wake(Integer.MAX_VALUE);
  }

  /// If the queue was closed here meanwhile, that does not undo what was published.
  private void wake(int count) {
    try {
      if (take()) {
        berth.wake(count);
      }
    } catch (IllegalStateException e) {
      file.throwUnlessClosed(e);
    }
  }

  /// For who has waited and leaves: it may have been woken in another's place, or while others
  /// sleep on unannounced.
  void passOn(Waiting waiting, BooleanSupplier more) {
    if (!waiting.hasSlept()) {
      return;
    }
    try {
      Words.INT.setVolatile(segment, word, 1);
      VarHandle.fullFence(); // pairs with take: what came before it saw the word is seen here
      if (more.getAsBoolean()) {
        wakeOne();
      }
    } catch (IllegalStateException e) {
      file.throwUnlessClosed(e);
    }
  }

  private boolean take() {
    VarHandle.fullFence(); // between what was published and the look at the word; pairs with sleep
    return (int) Words.INT.getVolatile(segment, word) != 0
        && Words.INT.compareAndSet(segment, word, 1, 0);
  }
}
