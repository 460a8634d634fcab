package dev.multijvm.multiprocessing;

/// How long the tests tagged `stress` are: a minute or two together unless the system property
/// [#PROPERTY] asks for more.
public final class Stress {
  /// `mvn verify -Pstress -Dstress.factor=50` makes an hour of a minute.
  public static final String PROPERTY = "stress.factor";

  private Stress() {}

  /// `usual`, as many times as was asked for.
  public static int times(int usual) {
    return Math.toIntExact((long) usual * Integer.getInteger(PROPERTY, 1));
  }
}
