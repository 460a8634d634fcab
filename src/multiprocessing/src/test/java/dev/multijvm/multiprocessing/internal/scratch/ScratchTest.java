package dev.multijvm.multiprocessing.internal.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  @TempDir Path base;

  @Test
  void directoryIsOursAloneAndNamedAfterThisProcess() throws IOException {
    var directory = Scratch.directory();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(directory.getFileName())
        .hasToString("multijvm-" + ProcessIdentity.current().toName());
    assertThat(Scratch.directory()).isEqualTo(directory);
    Scratch.requireOurs(directory);
  }

  @Test
  void fileIsFullOfZeros() throws IOException {
    var file = Scratch.createFile("zeros", 100_000);

    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[100_000]);
    Files.delete(file);
  }

  @Test
  void fileThatCannotFitIsRefusedAndLeavesNothing() throws IOException {
    var before = namesIn(Scratch.directory());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Scratch.createFile("huge", Long.MAX_VALUE))
        .withMessageContainingAll("9223372036854775807 bytes", Scratch.directory().toString());
    assertThat(namesIn(Scratch.directory())).isEqualTo(before);
  }

  @Test
  void directoryOpenToOthersIsRefused() throws IOException {
    var open = Files.createDirectory(base.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
    var ours = Files.createDirectory(base.resolve("ours"));
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx------"));
    var link = Files.createSymbolicLink(base.resolve("link"), ours);

    Scratch.requireOurs(ours);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Scratch.requireOurs(open));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Scratch.requireOurs(link));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Scratch.requireOurs(base.resolve("absent")));
  }

  @Test
  void exitRemovesTheDirectory() throws Exception {
    var child = start("exit");

    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.inputReader().readLine()).startsWith(base.toString());
    assertThat(namesIn(base)).isEmpty();
  }

  @Test
  void killedOwnersDirectoryIsSweptByTheNextJvmAndNoOtherIs() throws Exception {
    var foreign = Files.createDirectory(base.resolve("multijvm-notes"));
    var living = start("wait");
    var lives = Path.of(living.inputReader().readLine());
    try {
      var killed = start("wait");
      var left = Path.of(killed.inputReader().readLine());
      killed.destroyForcibly().waitFor();
      assertThat(left).isNotEmptyDirectory();

      var next = start("exit");

      assertThat(next.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(left).doesNotExist();
      assertThat(lives).isNotEmptyDirectory();
      assertThat(foreign).exists();
    } finally {
      living.destroyForcibly().waitFor();
    }
  }

  /// Makes a directory in `base` with a file in it, says where, and then exits or waits.
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      System.out.println(Scratch.createFile("file", 10).getParent());
      if (arguments[0].equals("wait")) {
        System.in.read();
      }
    }
  }

  private Process start(String what) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-D" + Scratch.PROPERTY + "=" + base,
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            what)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<Path> namesIn(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
