package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A child JVM that runs one job, with two lines of conversation to the test: it says words on its
/// standard output and hears words on its standard input.
public final class TestChild implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 60;

  /// What the child does.
  @FunctionalInterface
  public interface Job extends Serializable {
    void run() throws Exception;
  }

  private final Process process;
  private final BufferedReader said;
  private final DataOutputStream toChild;
  private final Path errors;

  private TestChild(Process process, Path errors) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.toChild = new DataOutputStream(process.getOutputStream());
    this.errors = errors;
  }

  /// Starts a child that may use native access, as the library's own children may.
  public static TestChild start(Job job) throws IOException {
    return start(List.of("--enable-native-access=ALL-UNNAMED"), job);
  }

  /// Starts a child with these options.
  public static TestChild start(List<String> options, Job job) throws IOException {
    return start(List.of(), options, job);
  }

  /// Starts a child through another program, which ends by becoming its last arguments.
  public static TestChild start(List<String> before, List<String> options, Job job)
      throws IOException {
    var command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options);
    command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TestChild.class.getName());
    var errors = File.createTempFile("child", ".err");
    var process = new ProcessBuilder(command).redirectError(errors).start();
    var child = new TestChild(process, errors.toPath());
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(job);
    }
    child.toChild.writeInt(bytes.size());
    bytes.writeTo(child.toChild);
    child.toChild.flush();
    return child;
  }

  /// What to start a child through so that it has a limit: `-f 200` of file size, `-n 200` of
  /// descriptors.
  public static List<String> limited(String limit) {
    return List.of("sh", "-c", "ulimit " + limit + "; exec \"$@\"", "sh");
  }

  /// In the child: says a word to the test.
  public static void say(@Nullable Object word) {
    System.out.println(word);
  }

  /// In the child: waits for a word from the test.
  public static String hear() throws IOException {
    var line = new StringBuilder();
    for (var c = System.in.read(); c != '\n'; c = System.in.read()) {
      if (c < 0) {
        throw new IOException("the test has gone");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /// Waits for the next word of the child.
  public String said() throws IOException {
    var word = said.readLine();
    assertThat(word).as(() -> "word of a child that wrote: " + errors()).isNotNull();
    return String.valueOf(word);
  }

  /// Says a word to the child.
  public void tell(String word) throws IOException {
    toChild.writeBytes(word + "\n");
    toChild.flush();
  }

  public long pid() {
    return process.pid();
  }

  /// Kills the child as `kill -9` does, and waits for its end.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /// Waits until the child has done its job.
  public void join() throws InterruptedException {
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
        .as(() -> "end of a child that wrote: " + errors())
        .isTrue();
    assertThat(process.exitValue()).as(this::errors).isZero();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }

  /// What the child wrote to its standard error.
  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  public static void main(String[] arguments) throws Exception {
    var in = new DataInputStream(System.in);
    var bytes = in.readNBytes(in.readInt());
    try (var objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      ((Job) objects.readObject()).run();
    }
    System.out.flush();
    System.exit(0);
  }
}
