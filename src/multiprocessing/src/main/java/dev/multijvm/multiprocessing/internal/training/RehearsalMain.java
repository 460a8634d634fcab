package dev.multijvm.multiprocessing.internal.training;

import dev.multijvm.multiprocessing.internal.launch.ParentWatch;

/// Does once what every child does, so that a recording JVM sees which classes that takes.
public final class RehearsalMain {
  private RehearsalMain() {}

  public static void main(String[] args) {
    ParentWatch.arm(Long.parseLong(args[0]));
  }
}
