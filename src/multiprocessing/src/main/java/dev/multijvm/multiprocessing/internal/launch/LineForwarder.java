package dev.multijvm.multiprocessing.internal.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Turns the bytes of a child's output into whole lines on the parent's own output, and keeps their
/// tail.
///
/// A line is printed by one call, so lines of several children never mix. The parent's stream is
/// looked up for each line, so a replaced `System.out` is honoured. A line longer than 64 KiB comes
/// in pieces; bytes that are not UTF-8 come as replacement characters.
final class LineForwarder implements OutputPump.Sink {
  static final int TAIL_BYTES = 64 << 10;
  private static final int LONGEST_LINE_BYTES = 64 << 10;

  /// Which of the parent's streams the lines go to.
  enum Target {
    OUT,
    ERR,
    NOWHERE;

    void print(String line) {
      switch (this) {
        case OUT -> System.out.println(line);
        case ERR -> System.err.println(line);
        case NOWHERE -> {}
      }
    }
  }

  private String tag;
  private final Target target;
  private byte[] line = new byte[256];
  private int lineLength;
  private byte[] tail = new byte[256];
  private long tailLength;

  /// @param tag what each line begins with; may be empty
  LineForwarder(String tag, Target target) {
    this.tag = tag;
    this.target = target;
  }

  /// Begins each line with `newTag` from now on.
  synchronized void retag(String newTag) {
    tag = newTag;
  }

  /// Takes bytes as they come, whatever they are.
  @Override
  public synchronized void accept(byte[] bytes, int offset, int length) {
    try {
      for (int i = offset; i < offset + length; i++) {
        keep(bytes[i]);
        if (bytes[i] == '\n') {
          print();
        } else {
          append(bytes[i]);
        }
      }
    } catch (OutOfMemoryError e) {
      // What was lost is lost: the child must not wait until this JVM has memory again.
      lineLength = 0;
    }
  }

  /// Prints what has come since the last line feed.
  @Override
  public synchronized void end() {
    if (lineLength > 0) {
      print();
    }
  }

  /// The last 64 KiB of all that came.
  synchronized String tail() {
    int size = (int) Math.min(tailLength, TAIL_BYTES);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = tail[(int) ((tailLength - size + i) % TAIL_BYTES)];
    }
    return new String(bytes, UTF_8);
  }

  private void keep(byte b) {
    int index = (int) (tailLength % TAIL_BYTES);
    if (index >= tail.length) {
      tail = Arrays.copyOf(tail, Math.min(2 * tail.length, TAIL_BYTES));
    }
    tail[index] = b;
    tailLength++;
  }

  private void append(byte b) {
    boolean isWhole = lineLength >= LONGEST_LINE_BYTES && isFirstOfCharacter(b);
    if (isWhole || lineLength == 2 * LONGEST_LINE_BYTES) {
      print();
    }
    if (lineLength == line.length) {
      line = Arrays.copyOf(line, 2 * line.length);
    }
    line[lineLength++] = b;
  }

  private static boolean isFirstOfCharacter(byte b) {
    return (b & 0xC0) != 0x80;
  }

  private void print() {
    int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
    String text = tag + new String(line, 0, length, UTF_8);
    lineLength = 0;
    try {
      target.print(text);
    } catch (RuntimeException | Error e) {
      // A stream that the user put in place of System.out is broken: that must not block the child.
    }
  }
}
