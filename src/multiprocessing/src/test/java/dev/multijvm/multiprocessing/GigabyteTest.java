package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/// The largest payloads.
@Tag("stress")
@Timeout(120)
class GigabyteTest {
  private static final PoolOptions OPTIONS =
      PoolOptions.defaults()
          .withWorkers(1)
          .withJvmArguments(List.of("-Xmx3g", "-XX:MaxDirectMemorySize=2m"));

  @ParameterizedTest
  @EachTransport
  void resultOfAGigabyteAndTaskOfAHundredMegabytes(Transport transport) throws Exception {
    assumeThat(Runtime.getRuntime().maxMemory()).isGreaterThan(3_000L << 20);
    byte[] hundred = new byte[100_000_000];

    try (var pool = ProcessPool.open(OPTIONS.withTransport(transport))) {
      byte[] result =
          pool.submit(
                  () -> {
                    byte[] gigabyte = new byte[10 * hundred.length];
                    gigabyte[gigabyte.length - 1] = 42;
                    return gigabyte;
                  })
              .get(100, SECONDS);

      assertThat(result.length).isEqualTo(1_000_000_000);
      assertThat(result[result.length - 1]).isEqualTo((byte) 42);
    }
  }
}
