package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a program that is soon over said and how it ended.
///
/// @param exit its status; that of a killed program if it took too long
/// @param output all it printed, on standard output and standard error
public record ShortProgram(int exit, String output) {
  /// Runs a program without input to its end, or kills it when it takes too long.
  ///
  /// @throws IOException if it cannot be started
  public static ShortProgram run(List<String> command, Duration deadline)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    // Killed through its handle: Process.destroyForcibly would close the stream that is being read.
    var _ =
        process
            .onExit()
            .completeOnTimeout(process, deadline.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(it -> it.toHandle().destroyForcibly());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ShortProgram(process.waitFor(), output);
  }
}
