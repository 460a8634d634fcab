package dev.multijvm.multiprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the library says to `System.Logger`, which without other wishes is this logger. While it is
/// attached, nobody else hears it.
public final class LibraryLog extends Handler {
  private final Logger logger = Logger.getLogger("dev.multijvm.multiprocessing");
  private final List<String> messages = new ArrayList<>();

  public void attach() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  public void detach() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }

  public synchronized boolean says(String part) {
    return messages.stream().anyMatch(message -> message.contains(part));
  }

  /// Waits until a message contains `part`; the test's own timeout is the deadline.
  public void await(String part) throws InterruptedException {
    while (!says(part)) {
      Thread.sleep(1);
    }
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    messages.add(entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
