package dev.multijvm.multiprocessing.internal.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.LibraryLog;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What may be said to a pool's socket by others than its workers, or by a worker gone mad.
@Timeout(30)
class SwitchboardTest {
  @TempDir Path directory;

  private final LibraryLog log = new LibraryLog();
  private Path path = Path.of("");
  private Switchboard switchboard;

  @BeforeEach
  void open() throws IOException {
    log.attach();
    path = directory.resolve("socket");
    switchboard = new Switchboard(path);
  }

  @AfterEach
  void close() {
    switchboard.close();
    log.detach();
  }

  /// A worker that the switchboard expects, and what came from it.
  private final class Expected implements Link.Listener {
    final byte[] token = new byte[Message.TOKEN_SIZE];
    final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
    final CountDownLatch end = new CountDownLatch(1);
    final Link link = new Link(switchboard, this);

    Expected(int number) {
      Arrays.fill(token, (byte) number);
      switchboard.expect(token, link);
    }

    @Override
    public void received(byte kind, long sequence, Decoder body) {
      bodies.add(body.readRest());
    }

    @Override
    public void ended() {
      end.countDown();
    }
  }

  private SocketChannel call(byte[] first) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    channel.write(ByteBuffer.wrap(first));
    return channel;
  }

  private static ByteBuffer message(byte[] body) {
    return ByteBuffer.allocate(Integer.BYTES + Message.HEADER_SIZE + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(Message.HEADER_SIZE + body.length)
        .put(Message.RESULT)
        .putLong(7)
        .put(body)
        .flip();
  }

  private static boolean isHungUp(SocketChannel channel) throws IOException {
    return channel.read(ByteBuffer.allocate(1)) < 0;
  }

  private void assertServes() throws Exception {
    var worker = new Expected(100);
    try (var channel = call(worker.token)) {
      channel.write(message(new byte[] {1, 2, 3}));

      assertThat(worker.bodies.poll(10, SECONDS)).containsExactly(1, 2, 3);
    }
    assertThat(worker.end.await(10, SECONDS)).isTrue();
  }

  @Test
  void wrongTokenIsRefusedAndLogged() throws Exception {
    var _ = new Expected(1);
    byte[] wrong = new byte[Message.TOKEN_SIZE];
    Arrays.fill(wrong, (byte) 2);

    try (var channel = call(wrong)) {
      assertThat(isHungUp(channel)).isTrue();
    }

    log.await("its token is not that of a worker");
    assertServes();
  }

  @Test
  void tokenIsGoodForOneCall() throws Exception {
    var worker = new Expected(1);
    try (var channel = call(worker.token);
        var second = call(worker.token)) {
      assertThat(isHungUp(second)).isTrue();
      channel.write(message(new byte[] {4}));
      assertThat(worker.bodies.poll(10, SECONDS)).containsExactly(4);
    }
  }

  @Test
  void halfATokenIsRefusedAndLogged() throws Exception {
    call("garbage".getBytes(StandardCharsets.US_ASCII)).close();

    log.await("hung up before its token was whole");
    assertServes();
  }

  @Test
  void silentCallersHoldUpNobody() throws Exception {
    var silent = new ArrayList<SocketChannel>();
    for (int i = 0; i < 50; i++) {
      silent.add(call(new byte[] {1}));
    }

    assertServes();

    for (var channel : silent) {
      channel.close();
    }
  }

  @Test
  @Tag("stress")
  void silentCallersAreHungUpOnAfterAWhile() throws Exception {
    try (var channel = call(new byte[] {1})) {
      assertThat(isHungUp(channel)).isTrue();
    }

    log.await("did not send its token in time");
    assertServes();
  }

  @Test
  void messageOfNegativeLengthEndsItsLinkAlone() throws Exception {
    var mad = new Expected(1);
    var sane = new Expected(2);
    try (var madChannel = call(mad.token);
        var saneChannel = call(sane.token)) {
      madChannel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 7, 0, 0, 0, 0, 0, 0, 0, 0}));

      assertThat(isHungUp(madChannel)).isTrue();
      assertThat(mad.end.await(10, SECONDS)).isTrue();
      log.await("hung up on a worker");
      saneChannel.write(message(new byte[] {5}));
      assertThat(sane.bodies.poll(10, SECONDS)).containsExactly(5);
    }
    assertServes();
  }

  @Test
  void messagesOfAnySizeArriveWholeHoweverTheyAreCut() throws Exception {
    var worker = new Expected(1);
    try (var channel = call(worker.token)) {
      for (int size : new int[] {0, 1, 32 << 10, (32 << 10) + 1, 1, 65_523, 200_000, 3}) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
          body[i] = (byte) (i * 31);
        }
        var message = message(body);
        while (message.hasRemaining()) {
          var part = message.slice(message.position(), Math.min(9_973, message.remaining()));
          message.position(message.position() + channel.write(part));
        }

        assertThat(worker.bodies.poll(10, SECONDS)).isEqualTo(body);
      }
    }
  }
}
