package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;

/// Tests of one pool that they share, by each transport.
@ParameterizedClass
@EachTransport
@Timeout(60)
abstract class PoolTest {
  private static final Map<Transport, ProcessPool> POOLS = new EnumMap<>(Transport.class);

  final ProcessPool pool;

  /// Shares the pool of whoever came first with this transport.
  PoolTest(PoolOptions options, Transport transport) {
    pool =
        POOLS.computeIfAbsent(transport, _ -> ProcessPool.open(options.withTransport(transport)));
  }

  @AfterAll
  static void close() {
    POOLS.values().forEach(ProcessPool::close);
    assertThat(POOLS.values()).allMatch(ProcessPool::isTerminated);
    POOLS.clear();
  }
}
