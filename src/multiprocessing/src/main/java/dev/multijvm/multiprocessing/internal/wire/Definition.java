package dev.multijvm.multiprocessing.internal.wire;

import java.util.List;

/// What a worker must have been told once before it can read a message that refers to it by number.
public final class Definition {
  private final int kind;
  private final int number;
  private final byte[] encoded;
  private final List<Definition> needs;
  private final List<Definition> asNeeds = List.of(this);

  /// Defines something.
  ///
  /// @param kind [Message#SHAPE] or [Message#FUNCTION]
  /// @param number unique among the definitions of its kind in this process
  /// @param encoded what it is; not copied
  /// @param needs what `encoded` itself refers to
  public Definition(int kind, int number, byte[] encoded, List<Definition> needs) {
    this.kind = kind;
    this.number = number;
    this.encoded = encoded;
    this.needs = needs;
  }

  public int kind() {
    return kind;
  }

  public int number() {
    return number;
  }

  /// What it is; not a copy.
  public byte[] encoded() {
    return encoded;
  }

  /// What must be defined before.
  public List<Definition> needs() {
    return needs;
  }

  /// This alone, as a list.
  public List<Definition> asNeeds() {
    return asNeeds;
  }
}
