package dev.multijvm.multiprocessing.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.multijvm.multiprocessing.AuthenticationException;
import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import dev.multijvm.multiprocessing.LibraryLog;
import dev.multijvm.multiprocessing.Listener;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {
  private static final byte[] KEY = "a key of more than 16 bytes".getBytes(UTF_8);
  private static final byte[] WRONG_KEY = "another one of over 16 bytes".getBytes(UTF_8);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final ConnectionOptions TEXT =
      ConnectionOptions.defaults()
          .withFilter(ObjectInputFilter.Config.createFilter("java.lang.*;java.util.*"));

  private final LibraryLog log = new LibraryLog();

  @BeforeEach
  void readTheLog() {
    log.attach();
  }

  @AfterEach
  void readTheLogNoMore() {
    log.detach();
  }

  @Test
  void callersFromOtherProcessesAreAccepted() throws Exception {
    var key = KEY;
    UnixDomainSocketAddress address;
    try (var listener = Listener.local(key)) {
      address = (UnixDomainSocketAddress) listener.address();
      var there = address;
      try (var child =
          Child.start(() -> {
            try (var connection = Connection.connect(there, key)) {
              connection.send("hello");
              assertThat(connection.receive()).isEqualTo("hello yourself");
            }
          })) {
        try (var connection = listener.accept()) {
          assertThat(connection.receive()).isEqualTo("hello");
          connection.send("hello yourself");
          child.awaitSuccess();
        }
      }
    }
    assertThat(Files.exists(address.getPath())).isFalse();
  }

  @Test
  void callersOverTcpAreAccepted() throws Exception {
    var key = KEY;
    try (var listener = Listener.tcp(ANY_PORT, key, TEXT)) {
      var port = ((InetSocketAddress) listener.address()).getPort();
      try (var child =
              Child.start(() -> {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                var text =
                    ConnectionOptions.defaults()
                        .withFilter(ObjectInputFilter.Config.createFilter("java.util.*"));
                try (var connection = Connection.connect(address, key, text)) {
                  connection.send(List.of("over", "tcp"));
                }
              });
          var connection = listener.accept()) {
        assertThat(connection.receive()).isEqualTo(List.of("over", "tcp"));
        child.awaitSuccess();
      }
    }
  }

  @Test
  void callerWithAnotherKeyIsRefusedAndTheNextOneIsServed() throws Exception {
    try (var listener = Listener.local(KEY)) {
      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> Connection.connect(listener.address(), WRONG_KEY))
          .withMessageContaining("refuses our key");

      log.await("does not hold our key");
      assertServes(listener);
    }
  }

  @Test
  void listenerThatOnlyPretendsIsFoundOut() throws Exception {
    try (var impostor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answering =
          Thread.startVirtualThread(() -> {
            try (var caller = impostor.accept()) {
              caller.getOutputStream().write("multijv1".getBytes(UTF_8));
              caller.getOutputStream().write(new byte[32]);
              caller.getInputStream().readNBytes(72);
              caller.getOutputStream().write(1);
              caller.getOutputStream().write(new byte[32]);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });

      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> Connection.connect(impostor.getLocalSocketAddress(), KEY, TEXT))
          .withMessageContaining("does not hold our key");
      answering.join();
    }
  }

  @Test
  void listenerWhoseThreadIsInterruptedIsClosed() throws Exception {
    try (var listener = Listener.local(KEY)) {
      var accepting = new FutureTask<>(listener::accept);
      ConnectionTest.awaitBlocked(Thread.ofPlatform().start(accepting));

      threadNamed("multijvm listener " + listener.address()).interrupt();

      assertThat(accepting)
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(SocketException.class)
          .withMessageContaining("has been closed");
      log.await("an interrupt has closed the listener");
    }
  }

  static Thread threadNamed(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void recordedProofIsOfNoUse() throws Exception {
    try (var listener = Listener.tcp(ANY_PORT, KEY, TEXT);
        var eavesdropper = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var recording = new FutureTask<>(() -> recordCaller(eavesdropper, listener));
      Thread.startVirtualThread(recording);
      Connection.connect(eavesdropper.getLocalSocketAddress(), KEY, TEXT).close();
      listener.accept().close();

      try (var replay = call(listener)) {
        replay.getInputStream().readNBytes(40);
        replay.getOutputStream().write(recording.get());
        assertThat(replay.getInputStream().readAllBytes()).containsExactly(0);
      }
      log.await("does not hold our key");
      assertServes(listener);
    }
  }

  /// Passes an honest handshake on and keeps what the caller said.
  private static byte[] recordCaller(ServerSocket eavesdropper, Listener listener)
      throws IOException {
    try (var caller = eavesdropper.accept();
        var answerer = call(listener)) {
      caller.getOutputStream().write(answerer.getInputStream().readNBytes(40));
      var said = caller.getInputStream().readNBytes(72);
      answerer.getOutputStream().write(said);
      caller.getOutputStream().write(answerer.getInputStream().readNBytes(33));
      return said;
    }
  }

  @Test
  void garbageIsRefused() throws Exception {
    try (var listener = Listener.tcp(ANY_PORT, KEY, TEXT);
        var caller = call(listener)) {
      caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));

      log.await("does not speak this protocol");
      assertServes(listener);
    }
  }

  @Test
  void callersThatStopInTheMiddleHoldUpNobody() throws Exception {
    try (var listener = Listener.tcp(ANY_PORT, KEY, TEXT)) {
      var stopped = new ArrayList<Socket>();
      for (var i = 0; i < 20; i++) {
        var caller = call(listener);
        caller.getOutputStream().write('m');
        stopped.add(caller);
      }

      assertServes(listener);
      for (var caller : stopped) {
        caller.close();
      }
    }
  }

  @Test
  void silentCallersAreHungUpOn() throws Exception {
    var impatient = TEXT.withHandshakeTimeout(Duration.ofMillis(300));
    try (var listener = Listener.tcp(ANY_PORT, KEY, impatient);
        var caller = call(listener)) {
      assertThat(caller.getInputStream().readAllBytes()).hasSize(40);

      log.await("not answered in time");
    }
  }

  @Test
  void callerThatHangsUpDuringTheHandshakeIsForgotten() throws Exception {
    try (var listener = Listener.local(KEY)) {
      Dialer.connect(listener.address(), Deadline.after(SOON)).close();

      log.await("refused a caller");
      assertServes(listener);
    }
  }

  @Test
  void announcedGigabyteIsRefusedBeforeItIsBelieved() throws Exception {
    try (var listener = Listener.local(KEY);
        var caller = authenticated(listener);
        var connection = listener.accept()) {
      caller.write(ByteBuffer.wrap(new byte[] {'m', 'j', 1, 0, 0x40, 0, 0, 0}), Deadline.NEVER);

      assertThatExceptionOfType(StreamCorruptedException.class)
          .isThrownBy(connection::receiveBytes)
          .withMessageContaining("1073741824 bytes");
      log.await("closed a connection: the peer announces 1073741824 bytes");
      assertThatExceptionOfType(SocketException.class).isThrownBy(connection::receiveBytes);
      assertServes(listener);
    }
  }

  @Test
  void garbageAfterTheHandshakeClosesTheConnection() throws Exception {
    try (var listener = Listener.local(KEY);
        var caller = authenticated(listener);
        var connection = listener.accept()) {
      caller.write(ByteBuffer.wrap("garbage!".getBytes(UTF_8)), Deadline.NEVER);

      assertThatExceptionOfType(StreamCorruptedException.class)
          .isThrownBy(connection::receive)
          .withMessageContaining("67617262");
      log.await("closed a connection: not the start of a message");
      assertServes(listener);
    }
  }

  @Test
  void halfAMessageIsNone() throws Exception {
    try (var listener = Listener.local(KEY);
        var caller = authenticated(listener);
        var connection = listener.accept()) {
      caller.write(ByteBuffer.wrap(new byte[] {'m', 'j', 1, 0, 0}), Deadline.NEVER);
      assertThat(connection.poll(Duration.ofMillis(20))).isFalse();
      caller.write(ByteBuffer.wrap(new byte[] {0, 0, 3, 'a', 'b'}), Deadline.NEVER);
      assertThat(connection.poll(Duration.ofMillis(20))).isFalse();

      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> connection.receiveInto(new byte[3]));
      assertThat(Thread.interrupted()).isTrue();

      caller.write(ByteBuffer.wrap(new byte[] {'c'}), Deadline.NEVER);
      assertThat(connection.poll(SOON)).isTrue();
      var target = new byte[3];
      assertThat(connection.receiveInto(target)).isEqualTo(3);
      assertThat(target).containsExactly('a', 'b', 'c');
    }
  }

  @Test
  void interruptInsideAMessageLosesNoneOfIt() throws Exception {
    try (var listener = Listener.local(KEY);
        var caller = authenticated(listener);
        var connection = listener.accept()) {
      var target = new byte[3];
      var receiving = new FutureTask<>(() -> connection.receiveInto(target));
      var receiver = Thread.ofPlatform().start(receiving);
      caller.write(ByteBuffer.wrap(new byte[] {'m', 'j', 1, 0, 0, 0, 0, 3, 'a'}), Deadline.NEVER);
      while (target[0] == 0) {
        Thread.sleep(1);
      }

      receiver.interrupt();

      assertThat(receiving)
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(InterruptedIOException.class);
      caller.write(ByteBuffer.wrap(new byte[] {'b', 'c'}), Deadline.NEVER);
      assertThat(connection.receiveBytes()).containsExactly('a', 'b', 'c');
    }
  }

  @Test
  void endInsideAMessageIsSaid() throws Exception {
    try (var listener = Listener.local(KEY)) {
      try (var caller = authenticated(listener)) {
        caller.write(ByteBuffer.wrap(new byte[] {'m', 'j', 1, 0, 0, 0, 0, 3, 'a'}), Deadline.NEVER);
      }

      try (var connection = listener.accept()) {
        assertThatExceptionOfType(EOFException.class)
            .isThrownBy(connection::receiveBytes)
            .withMessageContaining("inside a message");
      }
    }
  }

  @Test
  void forbiddenClassIsDroppedAndTheNextMessageArrives() throws Exception {
    try (var listener = Listener.tcp(ANY_PORT, KEY, TEXT);
        var caller = Connection.connect(listener.address(), KEY, TEXT);
        var connection = listener.accept()) {
      caller.send(new File("not on the list"));
      caller.send("on the list");

      assertThatExceptionOfType(InvalidClassException.class)
          .isThrownBy(connection::receive)
          .withMessage("java.io.File; filter status: REJECTED");
      log.await("refused a message: java.io.File; filter status: REJECTED");
      assertThat(connection.receive()).isEqualTo("on the list");
    }
  }

  @Test
  void messageOverTheLimitIsNotEvenSent() throws Exception {
    var small = ConnectionOptions.defaults().withMessageLimitBytes(100);
    try (var listener = Listener.local(KEY, small);
        var caller = Connection.connect(listener.address(), KEY, small);
        var connection = listener.accept()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> caller.sendBytes(new byte[101]))
          .withMessage("the message has 101 bytes, the limit is 100");
      caller.sendBytes(new byte[100]);
      assertThat(connection.receiveBytes()).hasSize(100);
    }
  }

  @Test
  void networkNeedsAnAllowListAndEveryKeySixteenBytes() throws Exception {
    var bare = ConnectionOptions.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> Listener.tcp(ANY_PORT, KEY, bare));
    assertThatIllegalArgumentException().isThrownBy(() -> Connection.connect(ANY_PORT, KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Listener.local(Arrays.copyOf(KEY, 15)))
        .withMessage("the key must have at least 16 bytes: 15");
  }

  @Test
  void closedListenerEndsWaitsAndAnswersNoMore() throws Exception {
    var listener = Listener.local(KEY);
    var accepting = new FutureTask<>(listener::accept);
    Thread.startVirtualThread(accepting);

    listener.close();
    listener.close();

    assertThat(accepting)
        .failsWithin(SOON)
        .withThrowableThat()
        .withCauseInstanceOf(SocketException.class);
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> Connection.connect(listener.address(), KEY));
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> Connection.connect(address, KEY, TEXT));
  }

  private static Socket call(Listener listener) throws IOException {
    var address = (InetSocketAddress) listener.address();
    return new Socket(address.getAddress(), address.getPort());
  }

  /// A caller that holds the key and then says what it likes.
  private static Line authenticated(Listener listener) throws IOException {
    var line = Dialer.connect(listener.address(), Deadline.after(SOON));
    new Handshake(KEY).call(line, Deadline.after(SOON));
    return line;
  }

  private static void assertServes(Listener listener) throws IOException {
    try (var caller = Connection.connect(listener.address(), KEY, TEXT);
        var connection = listener.accept()) {
      caller.send("served");
      assertThat(connection.receive()).isEqualTo("served");
    }
  }
}
