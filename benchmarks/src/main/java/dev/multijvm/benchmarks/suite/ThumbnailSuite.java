package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Thumbnail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What do processes gain where each task needs much memory and little is sent?
///
/// - Inside the clock: decoding, blurring and scaling down five JPEGs of `width` pixels a row, 24
///   megapixels unless told, a task each. They are painted anew for each fork, outside the clock,
///   and lie in the page cache.
/// - What each mode pays: handing over five names of files. Five tasks on two workers leave one of
///   them idle at the end.
/// - Unit: ms for all five.
/// - `java -jar benchmarks/target/benchmarks.jar ThumbnailSuite`
@Warmup(iterations = 0)
@Measurement(iterations = 2)
public class ThumbnailSuite extends Suite {

  @Benchmark
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// Five pictures.
  public static class Warm extends WarmOperation {

    private static final int PICTURES = 5;

    @Param("6000")
    public int width;

    private @Nullable Path directory;

    @Override
    protected Batch tasks() {
      var home = newDirectory();
      directory = home;
      return new Batch(
          IntStream.rangeClosed(1, PICTURES)
              .mapToObj(i -> Thumbnail.of(home.resolve(i + ".jpg"), width, (i * 0x2a5b) & 0xffff))
              .toList());
    }

    private static Path newDirectory() {
      try {
        return Files.createTempDirectory("multijvm-pictures-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected int workers() {
      return Math.min(PICTURES, super.workers());
    }

    @Override
    protected void release() throws IOException {
      if (directory != null) {
        for (var task : batch().tasks()) {
          Files.deleteIfExists(Path.of(((Thumbnail) task).file()));
        }
        Files.deleteIfExists(directory);
      }
    }
  }
}
