package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.CurrentProcess;

/// Parent and child each say who they are and whose child they are.
public final class E13ProcessInfo {
  private E13ProcessInfo() {}

  public static void main(String[] arguments) throws InterruptedException {
    printInfo("the parent");
    try (var child = ChildProcess.start(() -> printInfo("the child"))) {
      child.join();
    }
  }

  public static void printInfo(String who) {
    System.out.printf(
        "%s: class %s, parent process %d, process %d%n",
        who, E13ProcessInfo.class.getName(), CurrentProcess.parentPid(), CurrentProcess.pid());
  }
}
