package dev.multijvm.benchmarks.slot;

import java.io.IOException;

/// Ends a JMH fork whose host has died. JMH itself notices only when it next writes to the host,
/// which a long or hung operation never does.
///
/// The fork's standard input is a pipe that only the host holds and nobody writes to: reading it
/// blocks without any cost until the kernel closes it, whatever the host died of.
final class HostWatch {
  private static final String FORK = "org.openjdk.jmh.runner.ForkedMain";

  private HostWatch() {}

  /// Starts watching; does nothing outside a fork, where standard input is the user's.
  static void arm() {
    if (System.getProperty("sun.java.command", "").startsWith(FORK)) {
      Thread.ofPlatform().name("host-watch").daemon().start(HostWatch::watch);
    }
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is expected; whatever comes says that the host lives.
      }
    } catch (IOException _) {
      // A broken pipe tells the same as its end.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }
}
