package dev.multijvm.benchmarks.mode;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Python interpreter that runs our `bench.py` and answers requests, one JSON document a line.
///
/// It ends when it is closed, and when this JVM ends, because its standard input does. A request
/// waits for the reply or for the interpreter's end.
final class PythonInterpreter implements AutoCloseable {

  private static final String PROGRAM = "python3";
  private static final String SCRIPT = "bench.py";
  private static final int PATIENCE_SECONDS = 5;

  /// A large module comes from a cold disk, on a busy machine: it is there all the same.
  private static final int IMPORT_SECONDS = 60;

  private static final JsonMapper JSON = new JsonMapper();

  /// What was found out about modules.
  private static final Map<String, Optional<String>> MISSING = new ConcurrentHashMap<>();

  private final Path script;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader replies;

  private PythonInterpreter(Path script, Process process) {
    this.script = script;
    this.process = process;
    requests = process.outputWriter(StandardCharsets.UTF_8);
    replies = process.inputReader(StandardCharsets.UTF_8);
  }

  /// Starts an interpreter and returns when it has read the script.
  ///
  /// @throws UncheckedIOException if that does not come about
  static PythonInterpreter start() {
    try {
      var script = Files.createTempFile("multijvm-", "-" + SCRIPT);
      try (InputStream in = PythonInterpreter.class.getResourceAsStream(SCRIPT)) {
        if (in == null) {
          throw new IllegalStateException(SCRIPT + " is not on the class path");
        }
        Files.write(script, in.readAllBytes());
      }
      var process =
          new ProcessBuilder(PROGRAM, "-B", script.toString())
              .redirectError(Redirect.INHERIT)
              .start();
      var interpreter = new PythonInterpreter(script, process);
      interpreter.ask(Map.of("run", List.of()));
      return interpreter;
    } catch (IOException e) {
      throw new UncheckedIOException("no " + PROGRAM + " could be started", e);
    }
  }

  /// Why no interpreter can be started here, or none that has `module`; empty if one can.
  static Optional<String> missing(String module) {
    return MISSING.computeIfAbsent(module, PythonInterpreter::lookFor);
  }

  private static Optional<String> lookFor(String module) {
    try {
      var look =
          new ProcessBuilder(PROGRAM, "-c", "import " + module)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      look.getOutputStream().close();
      boolean ended = look.waitFor(IMPORT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        look.destroyForcibly();
      }
      return ended && look.exitValue() == 0
          ? Optional.empty()
          : Optional.of(PROGRAM + " has no module " + module);
    } catch (IOException _) {
      return Optional.of("there is no " + PROGRAM);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while looking for " + PROGRAM);
    }
  }

  /// Sends a request and waits for its reply.
  ///
  /// @throws IllegalStateException if the interpreter says that something went wrong, or has ended
  JsonNode ask(Map<String, ?> request) {
    try {
      requests.write(JSON.writeValueAsString(request));
      requests.write('\n');
      requests.flush();
      String line = replies.readLine();
      if (line == null) {
        throw new IllegalStateException("python ended with " + process.onExit().join().exitValue());
      }
      var reply = JSON.readTree(line);
      if (reply.has("error")) {
        throw new IllegalStateException("python says: " + reply.path("error").asString());
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException("python does not listen", e);
    }
  }

  /// Ends the interpreter and what it has started; kills them if that takes more than five seconds.
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  /// Returns when they are gone.
  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    var _ =
        process
            .destroyForcibly()
            .onExit()
            .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }
}
