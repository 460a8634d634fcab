package dev.multijvm.examples;

import java.io.IOException;

/// Thumbnails of five large pictures, blurred first, one after the other.
public final class E09ThumbnailsOneAfterTheOther {
  private E09ThumbnailsOneAfterTheOther() {}

  /// Runs the program.
  ///
  /// @param arguments the width of the pictures, if not 6000
  public static void main(String[] arguments) throws IOException {
    var pictures = Pictures.paintFive(Pictures.widthFrom(arguments));
    var stopwatch = Stopwatch.start();
    for (var picture : pictures) {
      Pictures.makeThumbnail(picture);
    }
    System.out.println("one after the other in " + stopwatch);
  }
}
