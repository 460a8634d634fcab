package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.FileRead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/// Does reading files gain from threads or processes, when the kernel has them in memory?
///
/// - Inside the clock: reading 64 files of 1 MiB and computing their checksums, a task each. They
///   were written just before, so they are in the page cache: no disk is measured.
/// - What each mode pays: handing over 64 tasks; the bytes stay where they are read.
/// - Unit: ms for all files.
/// - `java -jar benchmarks/target/benchmarks.jar FileReadSuite`
public class FileReadSuite extends Suite {

  @Benchmark
  public long cached(Cached operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// Files in the page cache.
  public static class Cached extends WarmOperation {

    private static final int FILES = 64;
    private static final int BYTES = 1 << 20;

    private @Nullable Path directory;

    @Override
    protected Batch tasks() {
      List<FileRead> tasks = new ArrayList<>();
      try {
        directory = Files.createTempDirectory("multijvm-files-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (int i = 0; i < FILES; i++) {
        tasks.add(FileRead.of(directory.resolve(i + ".bin"), BYTES, i));
      }
      return new Batch(tasks);
    }

    @Override
    protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
      batch().run(pool);
    }

    @Override
    protected void release() throws IOException {
      if (directory != null) {
        for (var task : batch().tasks()) {
          Files.deleteIfExists(Path.of(((FileRead) task).file()));
        }
        Files.deleteIfExists(directory);
      }
    }
  }
}
