package dev.multijvm.multiprocessing.internal.wire;

/// The kinds of messages between a pool and a worker. A message on a link is: length of the rest (4
/// bytes), kind (1), sequence (8), body.
public final class Message {
  /// To the worker: run this. The sequence counts the tasks sent to this worker from 0.
  public static final byte TASK = 1;

  /// To the worker: interrupt the task of this sequence if it still runs.
  public static final byte CANCEL = 2;

  /// To the worker: run the exit hook and end.
  public static final byte EXIT = 3;

  /// To the worker: the sequence is the number of a [Definition]; the body is what it is.
  public static final byte SHAPE = 4;

  public static final byte FUNCTION = 5;

  /// To the worker: the function of this number is not needed any more.
  public static final byte FORGET = 8;

  /// To the pool: the worker has run its initializer. The body is a result.
  public static final byte READY = 6;

  /// To the pool: the result of the task of this sequence.
  public static final byte RESULT = 7;

  /// To the pool: there is room in the ring again, for which it waits while no result is to come.
  /// The body is that of a result without a value.
  public static final byte ROOM = 9;

  /// Kind and sequence, which every message has.
  public static final int HEADER_SIZE = 1 + Long.BYTES;

  /// The first bytes of a task's body.
  public static final byte CALL = 0;

  public static final byte APPLY = 1;

  /// The first byte of a result's body: then come the run time in nanoseconds and the value, the
  /// values of a chunk, or the exception.
  public static final byte RETURNED = 0;

  public static final byte THREW = 1;

  /// As [#THREW], and the worker asks to be replaced because it ran out of memory.
  public static final byte THREW_EXHAUSTED = 2;

  public static final int TOKEN_SIZE = 32;

  /// The byte by which a worker asks, on its standard output, to look for results; never part of
  /// text.
  public static final byte BELL = 0;

  private Message() {}
}
