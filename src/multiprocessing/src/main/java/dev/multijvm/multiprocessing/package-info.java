/// Child JVMs, a pool of them that is an `ExecutorService`, and what they share.
///
/// Start with [dev.multijvm.multiprocessing.ProcessPool] for many tasks and with
/// [dev.multijvm.multiprocessing.ChildProcess] for one.
///
/// ## Handles
///
/// What is shared (queues, locks, numbers, memory ...) is used through a handle, which travels: let
/// a task capture it, send it in a message, or put it into a queue. In a process that it reaches it
/// is one object, however often it arrives. Whoever merely received it need not close it.
///
/// A shared thing belongs to the process that made it and ends with it. Make it in the process that
/// lives longest, and declare it before the pool, so that the tasks end before it is closed:
///
/// ```java
/// try (var queue = SharedQueue.<String>create();
///     var pool = ProcessPool.open()) {
///   pool.submit(() -> queue.add("hello"));
/// }
/// ```
///
/// Closing it there ends it for all: waits end with an [IllegalStateException], and handles that
/// arrive later cannot be opened, which fails the task that carries them. Nobody waits for a
/// number, an array or memory: another process that uses one may notice late, or not at all.
///
/// ## Waiting
///
/// Where processes wait for each other, they spin briefly and then sleep in the kernel until they
/// are woken, if native access is enabled: start the JVM with
/// `--enable-native-access=dev.multijvm.multiprocessing`, or `=ALL-UNNAMED` on the class path;
/// children inherit it. Without it, and elsewhere than on Linux, a process that waits looks again
/// every 50 microseconds to 1 ms, and so do those that share the thing with it. Pools need no
/// native access.
@NullMarked
package dev.multijvm.multiprocessing;

import org.jspecify.annotations.NullMarked;
