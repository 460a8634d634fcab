package dev.multijvm.multiprocessing.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFilesTest {
  @TempDir Path directory;
  private Path one;
  private Path two;

  @BeforeEach
  void pack() throws Exception {
    one = Jars.write(directory.resolve("one.jar"), Map.of());
    two = Jars.write(directory.resolve("two.jar"), Map.of());
  }

  @Test
  void jarsComeInTheOrderOfThePath() throws Exception {
    assertThat(CodeFiles.of(two + File.pathSeparator + one, null)).containsExactly(two, one);
  }

  @Test
  void jarsThatManifestsNameComeToo() throws Exception {
    Path pointer = Jars.writePointingTo(directory.resolve("p.jar"), one, two);
    Path outer = Jars.writePointingTo(directory.resolve("q.jar"), pointer);

    assertThat(CodeFiles.of(outer.toString(), null)).containsExactly(outer, pointer, one, two);
  }

  @Test
  void manifestsThatNameEachOtherEnd() throws Exception {
    Path other = directory.resolve("other.jar");
    Path pointer = Jars.writePointingTo(directory.resolve("p.jar"), other);
    Jars.writePointingTo(other, pointer);

    assertThat(CodeFiles.of(pointer.toString(), null)).containsExactly(pointer, other);
  }

  @Test
  void missingJarsCountBecauseTheyMayAppear() throws Exception {
    Path missing = directory.resolve("missing.jar");
    Path pointer = Jars.writePointingTo(directory.resolve("p.jar"), missing);

    assertThat(CodeFiles.of(pointer.toString(), null)).containsExactly(pointer, missing);
  }

  @Test
  void directoryOfModulesCountsWithItsJars() throws Exception {
    assertThat(CodeFiles.of("", directory.toString())).containsExactly(directory, one, two);
  }

  @Test
  void directoriesOfClassesAreRefused() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));

    assertThatThrownBy(() -> CodeFiles.of(one + File.pathSeparator + classes, null))
        .isInstanceOf(NoCacheException.class)
        .hasMessage(classes + " is a directory of classes");
    assertThatThrownBy(() -> CodeFiles.of("", directory.toString()))
        .isInstanceOf(NoCacheException.class)
        .hasMessage(classes + " is a directory of classes");
  }
}
