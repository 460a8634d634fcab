package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The files of a queue's segments, and which of them this process has mapped.
final class Segments {

  private final SharedFile queue;

  /// Under the lock of this object, because the queue can be closed at any moment.
  private final Set<QueueSegment> open = new HashSet<>();

  Segments(SharedFile queue) {
    this.queue = queue;
  }

  /// Makes segment `number`, which goes on counting at `count`.
  ///
  /// @throws IllegalStateException if the queue is closed
  synchronized QueueSegment create(int number, long ringSize, int count) throws IOException {
    queue.requireOpen();
    // One that a producer left behind which died before it was linked.
    delete(number);
    var made = QueueSegment.create(file(number), number, ringSize, count);
    if (queue.isClosed()) {
      // Whoever closed the queue may have looked for files before this one was there.
      made.close();
      delete(number);
      queue.requireOpen();
    }
    open.add(made);
    return made;
  }

  /// @throws java.nio.file.NoSuchFileException if all its elements are taken and it is unlinked
  /// @throws IllegalStateException if the queue is closed
  synchronized QueueSegment open(int number) throws IOException {
    queue.requireOpen();
    var opened = QueueSegment.open(file(number), number);
    open.add(opened);
    return opened;
  }

  synchronized void close(QueueSegment segment) {
    if (open.remove(segment)) {
      segment.close();
    }
  }

  void delete(int number) throws IOException {
    Files.deleteIfExists(file(number));
  }

  /// Unmaps all; the creator also unlinks them. The queue is closed, so no other will be opened.
  synchronized void closeAll() {
    open.forEach(QueueSegment::close);
    open.clear();
    if (queue.isOurs()) {
      deleteAll();
    }
  }

  RuntimeException broken(IOException e) {
    queue.requireOpen();
    return new MultiprocessingException("cannot use " + queue + ": " + e.getMessage(), e);
  }

  private void deleteAll() {
    var prefix = queue.path().getFileName() + ".";
    try (var entries = Files.newDirectoryStream(queue.path().resolveSibling("."), prefix + "*")) {
      for (var entry : entries) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException _) {
      // They go with the directory when this JVM exits.
    }
  }

  private Path file(int number) {
    return queue.path().resolveSibling(queue.path().getFileName() + "." + number);
  }
}
