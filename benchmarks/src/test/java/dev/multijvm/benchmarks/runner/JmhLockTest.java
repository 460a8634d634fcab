package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhLockTest {
  private static final String IGNORE = "jmh.ignoreLock";
  private static final String TEMPORARY = "java.io.tmpdir";

  @TempDir Path directory;
  private final String temporary = System.getProperty(TEMPORARY);
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void useALockOfOurOwn() {
    System.clearProperty(IGNORE);
    System.setProperty(TEMPORARY, directory.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty(TEMPORARY, temporary);
    System.setProperty(IGNORE, "true");
  }

  @Test
  void aFreeLockIsTakenSilentlyAndJmhIsToldNotToTakeItItself() throws Exception {
    try (JmhLock _ = JmhLock.acquire(Duration.ofSeconds(1), said::add)) {
      assertThat(Boolean.getBoolean(IGNORE)).isTrue();
    }

    assertThat(Boolean.getBoolean(IGNORE)).isFalse();
    assertThat(said).isEmpty();
  }

  @Test
  void anotherRunIsWaitedForAndSaid() throws Exception {
    Process other = holder();
    try {
      assertThatThrownBy(() -> JmhLock.acquire(Duration.ofMillis(500), said::add))
          .isInstanceOf(NotValidException.class)
          .hasMessageContaining("another JMH run");
      assertThat(said).singleElement().asString().contains("waiting");

      other.getOutputStream().close();
      JmhLock.acquire(Duration.ofSeconds(30), said::add).close();
    } finally {
      other.destroyForcibly();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// A process that holds the lock until its input ends.
  private Process holder() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + TEMPORARY + "=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('!');
    return process;
  }

  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (JmhLock _ = JmhLock.acquire(Duration.ofSeconds(10), _ -> {})) {
        System.out.print('!');
        System.out.flush();
        while (System.in.read() >= 0) {
          // Until the end.
        }
      }
    }
  }
}
