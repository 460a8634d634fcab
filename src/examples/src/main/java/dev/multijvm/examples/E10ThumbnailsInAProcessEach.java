package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;

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
    var children = new ArrayList<ChildProcess>();
    for (var picture : pictures) {
      children.add(ChildProcess.start(() -> Pictures.makeThumbnail(picture)));
    }
    for (var child : children) {
      child.join();
    }
    System.out.println("a process each in " + stopwatch);
  }
}
