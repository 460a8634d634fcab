package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What comes from a peer that sends as slowly as a test wants.
@Timeout(60)
class FrameReaderTest {
  private static final int LENGTH = 20_000;

  @Test
  void restOfAMessageWhoseTargetWasClosedIsNotTakenForTheNext(@TempDir Path directory)
      throws Exception {
    var address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var peer = SocketChannel.open(address);
        var here =
            new LineConnection(
                new Line(door.accept()), PipeEnd.CODEC, PipeEnd.MESSAGE_LIMIT_BYTES)) {
      var message = ByteBuffer.allocate(Frame.HEADER_BYTES + LENGTH);
      new Frame(Frame.Kind.BYTES, LENGTH).putHeader(message);
      message.clear().limit(LENGTH / 2);
      peer.write(message);
      var arena = Arena.ofShared();
      var target = arena.allocate(LENGTH);
      var receiving = new FutureTask<>(() -> here.receiveInto(target));
      ConnectionTest.awaitBlocked(Thread.ofPlatform().start(receiving));

      arena.close();
      message.limit(message.capacity());
      peer.write(new ByteBuffer[] {message, message.duplicate().rewind()});

      assertThat(receiving)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class);
      assertThatExceptionOfType(SocketException.class).isThrownBy(here::receiveBytes);
    }
  }
}
