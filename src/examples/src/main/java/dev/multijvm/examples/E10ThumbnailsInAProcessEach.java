package dev.multijvm.examples;

import java.io.IOException;

/// Thumbnails of five large pictures, blurred first, each in a process of its own. They finish in
/// any order.
public final class E10ThumbnailsInAProcessEach {
  private E10ThumbnailsInAProcessEach() {}

  /// Runs the program.
  ///
  /// @param arguments the width of the pictures, if not 6000
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var pictures = Pictures.paintFive(Pictures.widthFrom(arguments));
    var stopwatch = Stopwatch.start();
    try (var children = new Children()) {
      for (var picture : pictures) {
        children.start(() -> Pictures.makeThumbnail(picture));
      }
      children.join();
    }
    System.out.println("a process each in " + stopwatch);
  }
}
