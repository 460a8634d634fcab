package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {

  @Test
  void whatOneProcessWritesTheOtherReads() throws Exception {
    try (var memory = SharedMemory.create(1_000_000);
        var child =
            TestChild.start(() -> {
              TestChild.hear();
              var segment = memory.segment();
              TestChild.say(segment.getString(0));
              segment.setString(999_990, "back");
              TestChild.say("done");
            })) {
      memory.segment().setString(0, "there");
      child.tell("go");

      assertThat(child.said()).isEqualTo("there");
      assertThat(child.said()).isEqualTo("done");
      assertThat(memory.segment().getString(999_990)).isEqualTo("back");
      child.join();
    }
  }

  @Test
  void bytesBeginAsZerosAndAreAligned() throws IOException {
    try (var memory = SharedMemory.create(12_345)) {
      assertThat(memory.byteSize()).isEqualTo(12_345);
      assertThat(memory.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[12_345]);
      assertThat(memory.segment().address() % 128).isZero();
    }
  }

  @Test
  void emptyMemoryIsAllowedAndNegativeIsNot() throws IOException {
    try (var memory = SharedMemory.create(0)) {
      assertThat(memory.segment().byteSize()).isZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedMemory.create(-1))
        .withMessage("byteSize must not be negative: -1");
  }

  @Test
  void moreThanFitsIsAnExceptionThatSaysHowMuchDoes() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SharedMemory.create(1L << 50))
        .withMessageContainingAll("1125899906842752 bytes", "are left", "-Dmultijvm.scratch");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SharedMemory.create(Long.MAX_VALUE))
        .withMessageContaining("are left");
  }

  @Test
  void fileSystemThatIsFullIsAnExceptionAndNoCrash() throws Exception {
    // A limit on the size of files stands for a full file system: the write fails in the middle.
    try (var child =
        TestChild.start(
            TestChild.limited("-f 2048"),
            List.of(),
            () -> {
              try (var fits = SharedMemory.create(100_000)) {
                fits.segment().fill((byte) 1);
              }
              try {
                SharedMemory.create(10_000_000).close();
              } catch (IOException e) {
                TestChild.say(e.getMessage());
              }
            })) {
      assertThat(child.said()).startsWith("cannot make 10000128 bytes of shared memory in /");
      child.join();
    }
  }

  @Test
  void closingUnlinksTheFileAndEndsTheUseOfTheBytes() throws IOException {
    var memory = SharedMemory.create(100);
    MemorySegment segment = memory.segment();
    var path = memory.file.path();
    assertThat(path).exists();

    memory.close();
    memory.close();

    assertThat(path).doesNotExist();
    assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
    assertThatIllegalStateException()
        .isThrownBy(memory::segment)
        .withMessageContaining("is closed");
  }

  @Test
  void memoryClosedByItsCreatorIsUnmappedWhenTheNextOneArrives() throws Exception {
    var first = SharedMemory.create(1_000_000);
    try (var child =
        TestChild.start(() -> {
          TestChild.say(first.segment().byteSize());
          var next = Copies.fromText(TestChild.hear());
          TestChild.say(next != first);
          var maps = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
          TestChild.say(maps.contains("memory-"));
          try {
            first.segment();
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      assertThat(child.said()).isEqualTo("1000000");
      first.close();
      try (var next = SharedLong.create(1)) {
        child.tell(Copies.toText(next));

        assertThat(child.said()).isEqualTo("true");
        assertThat(child.said()).isEqualTo("false");
        assertThat(child.said()).startsWith("memory ").endsWith("is closed");
        child.join();
      }
    }
  }
}
