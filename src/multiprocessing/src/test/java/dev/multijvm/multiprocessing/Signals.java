package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/// Signals to processes.
public final class Signals {
  private Signals() {}

  /// Sends `signal`, as in `STOP`, to a process.
  public static void send(String signal, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
