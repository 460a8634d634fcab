package dev.multijvm.multiprocessing.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheIndexTest {
  @TempDir Path directory;
  private Path jar;
  private CacheIndex index;

  @BeforeEach
  void index() throws Exception {
    jar = Files.writeString(directory.resolve("a b.jar"), "one");
    Path missing = directory.resolve("missing.jar");
    index =
        new CacheIndex("name", List.of(FileStamp.of(jar), FileStamp.of(missing)), "key\nof two\n");
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Path file = Files.writeString(directory.resolve("index"), index.toText());

    assertThat(CacheIndex.read(file)).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name", "name\n", "name\n2\n", "name\nx\n", "name\n1\nnot a stamp\n"})
  void whatIsCutOffOrForeignIsNoIndex(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("index"), text);

    assertThat(CacheIndex.read(file)).isNull();
  }

  @Test
  void bytesThatAreNoTextAreNoIndex() throws Exception {
    Path file = Files.write(directory.resolve("index"), new byte[] {'n', '\n', -1});

    assertThat(CacheIndex.read(file)).isNull();
  }

  @Test
  void unchangedFilesAreCurrent() throws Exception {
    assertThat(index.isCurrent()).isTrue();
  }

  @Test
  void changeOfEqualSizeWithTheTimeSetBackIsSeen() throws Exception {
    FileTime time = Files.getLastModifiedTime(jar);
    Thread.sleep(20); // more than the kernel's step

    Files.writeString(jar, "two");
    Files.setLastModifiedTime(jar, time);

    assertThat(index.isCurrent()).isFalse();
  }

  @Test
  void fileThatWasMissingAndAppearsIsSeen() throws Exception {
    Files.createFile(directory.resolve("missing.jar"));

    assertThat(index.isCurrent()).isFalse();
  }

  @Test
  void fileThatDisappearsIsSeen() throws Exception {
    Files.delete(jar);

    assertThat(index.isCurrent()).isFalse();
  }
}
