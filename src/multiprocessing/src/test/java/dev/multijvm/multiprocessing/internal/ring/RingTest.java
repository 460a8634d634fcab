package dev.multijvm.multiprocessing.internal.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingTest {
  private static final int CACHE_LINES = 128;

  private static final MemoryLayout HEADER =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("tail"),
          JAVA_LONG.withName("finished"),
          JAVA_INT.withName("roomWanted"),
          MemoryLayout.paddingLayout(CACHE_LINES - 20),
          JAVA_LONG.withName("head"),
          JAVA_INT.withName("bellWanted"),
          MemoryLayout.paddingLayout(CACHE_LINES - 12));

  private static final MemoryLayout RECORD =
      MemoryLayout.structLayout(
          JAVA_INT.withName("size"), JAVA_INT.withName("kind"), JAVA_LONG.withName("sequence"));

  @TempDir Path directory;

  private static long offset(MemoryLayout layout, String field) {
    return layout.byteOffset(PathElement.groupElement(field));
  }

  @Test
  void offsetsAreThoseOfTheLayout() {
    assertThat(Ring.TAIL).isEqualTo(offset(HEADER, "tail"));
    assertThat(Ring.FINISHED).isEqualTo(offset(HEADER, "finished"));
    assertThat(Ring.ROOM_WANTED).isEqualTo(offset(HEADER, "roomWanted"));
    assertThat(Ring.HEAD).isEqualTo(offset(HEADER, "head"));
    assertThat(Ring.BELL_WANTED).isEqualTo(offset(HEADER, "bellWanted"));
    assertThat(Ring.RECORDS).isEqualTo(HEADER.byteSize());
    assertThat(Ring.SIZE).isEqualTo(offset(RECORD, "size"));
    assertThat(Ring.KIND).isEqualTo(offset(RECORD, "kind"));
    assertThat(Ring.SEQUENCE).isEqualTo(offset(RECORD, "sequence"));
    assertThat(Ring.RECORD_SIZE).isEqualTo(RECORD.byteSize());
  }

  @Test
  void recordsOfManySizesComeWholeAndInOrderPastTheEndOfTheRing() throws Exception {
    Path file = Files.write(directory.resolve("rings"), new byte[(int) RingPair.FILE_SIZE]);
    try (var here = RingPair.map(file);
        var there = RingPair.map(file)) {
      var writer = here.taskWriter();
      var reader = there.taskReader();
      for (int i = 0; i < 1_000; i++) {
        byte[] body = new byte[i * 37 % Ring.LARGEST_BODY];
        Arrays.fill(body, (byte) i);

        assertThat(writer.offer(Ring.QUEUED, i, body, body.length)).isNotNegative();
        assertThat(writer.publish()).isFalse();

        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.sequence()).isEqualTo(i);
        assertThat(Arrays.copyOf(reader.body(), reader.size())).isEqualTo(body);
        assertThat(reader.start()).isTrue();
        reader.advance();
        assertThat(reader.release()).isFalse();
      }
      assertThat(reader.hasNext()).isFalse();
    }
  }
}
