package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.Pipe;
import dev.multijvm.multiprocessing.TestChild;
import java.io.EOFException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A pipe of which both ends have left the process that made it.
@Timeout(60)
public class RelayTest {
  @Test
  void pipeEndsIfItsMakerHasNoMemoryToCopyWith() throws Exception {
    try (var maker =
        TestChild.start(List.of("-XX:MaxDirectMemorySize=1056k"), RelayTest::makeWithoutMemory)) {
      assertThat(maker.said()).isEqualTo("ended by itself: true");
      maker.join();
    }
  }

  public static void makeWithoutMemory() throws Exception {
    var taken = ByteBuffer.allocateDirect(1 << 20);
    try (var pipe = Pipe.open()) {
      var one = pipe.first();
      var other = pipe.second();
      try (var first = ChildProcess.start(() -> expectTheEnd(one));
          var second = ChildProcess.start(() -> expectTheEnd(other))) {
        var both = first.join(Duration.ofSeconds(30)) && second.join(Duration.ofSeconds(30));
        TestChild.say("ended by itself: " + both);
        first.kill();
        second.kill();
      }
    } finally {
      Reference.reachabilityFence(taken);
    }
  }

  public static void expectTheEnd(Connection end) {
    assertThatExceptionOfType(EOFException.class).isThrownBy(end::receive);
  }
}
