package dev.multijvm.multiprocessing;

/// How tasks and results travel between a pool and its workers.
public enum Transport {
  /// Shared memory where it can be had, else a socket; [ProcessPool#description()] says which.
  AUTOMATIC,

  /// Two rings per worker in memory that both processes map. Opening the pool fails if there is no
  /// room for them.
  SHARED_MEMORY,

  /// A Unix-domain socket per worker. Slower for small tasks; needs no shared memory.
  SOCKET
}
