package dev.multijvm.benchmarks.workload;

/// Waits and uses no CPU, like a request to a slow service.
///
/// @param millis how long; not negative
public record Sleep(long millis) implements Workload {

  public Sleep {
    if (millis < 0) {
      throw new IllegalArgumentException("millis must not be negative: " + millis);
    }
  }

  @Override
  public String kernel() {
    return "sleep";
  }

  @Override
  public int version() {
    return 1;
  }

  /// The time asked for: how long it really took is what the clock outside is for.
  @Override
  public long answer() {
    return millis;
  }

  @Override
  public Long call() throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }
}
