package dev.multijvm.multiprocessing.internal.connection;

/// What an end of a pipe may be used for.
enum PipeDirections {
  BOTH,
  RECEIVE,
  SEND;

  void requireSending() {
    if (this == RECEIVE) {
      throw new UnsupportedOperationException("this end of the pipe only receives");
    }
  }

  void requireReceiving() {
    if (this == SEND) {
      throw new UnsupportedOperationException("this end of the pipe only sends");
    }
  }
}
