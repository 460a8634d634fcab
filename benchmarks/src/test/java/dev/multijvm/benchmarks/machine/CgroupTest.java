package dev.multijvm.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  @TempDir Path mount;

  @Test
  void theTightestLimitOnTheWayUpCounts() throws IOException {
    write("cpu.max", "max 100000");
    write("outer/cpu.max", "150000 100000");
    write("outer/inner/cpu.max", "400000 100000");
    write("outer/memory.max", "1073741824");
    write("outer/inner/memory.max", "max");
    write("outer/inner/cpu.stat", "usage_usec 5\nthrottled_usec 2500\n");

    Cgroup cgroup = Cgroup.of("0::/outer/inner\n", mount);

    assertThat(cgroup.quota()).contains(1.5);
    assertThat(cgroup.memoryLimit()).contains(1L << 30);
    assertThat(cgroup.throttledMillis()).contains(2.5);
  }

  @Test
  void theFirstVersionIsReadToo() throws IOException {
    write("cpu/jobs/cpu.cfs_quota_us", "50000");
    write("cpu/jobs/cpu.cfs_period_us", "100000");
    write("cpu/jobs/cpu.stat", "nr_periods 3\nthrottled_time 7000000\n");
    write("memory/memory.limit_in_bytes", "9223372036854771712");

    Cgroup cgroup = Cgroup.of("4:memory:/elsewhere\n1:cpu,cpuacct:/jobs\n0::/\n", mount);

    assertThat(cgroup.quota()).contains(0.5);
    assertThat(cgroup.memoryLimit()).isEmpty();
    assertThat(cgroup.throttledMillis()).contains(7.0);
  }

  @Test
  void noLimitIsNoLimit() throws IOException {
    write("cpu/cpu.cfs_quota_us", "-1");
    write("cpu/cpu.cfs_period_us", "100000");

    assertThat(Cgroup.of("1:cpu:/\n", mount).quota()).isEmpty();
    assertThat(Cgroup.of("", mount.resolve("missing")).quota()).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    Path path = mount.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }
}
