package dev.multijvm.multiprocessing.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MappedFilesTest {

  @Test
  void interruptAtAnyMomentIsKeptAndEndsNoMapping(@TempDir Path directory) throws Exception {
    var file = Files.write(directory.resolve("bytes"), new byte[4096]);
    var mapping =
        new FutureTask<>(() -> {
          for (var i = 0; i < 3000; i++) {
            try (var arena = Arena.ofConfined()) {
              assertThat(MappedFiles.map(file, arena).byteSize()).isEqualTo(4096);
            }
          }
          return Thread.currentThread().isInterrupted();
        });
    var mapper = new Thread(mapping);
    mapper.start();
    while (!mapping.isDone()) {
      mapper.interrupt();
      Thread.sleep(0, 20_000);
    }

    assertThat(mapping.get()).isTrue();
  }
}
