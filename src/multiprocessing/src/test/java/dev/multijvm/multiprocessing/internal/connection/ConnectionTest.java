package dev.multijvm.multiprocessing.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.multijvm.multiprocessing.BufferTooShortException;
import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import dev.multijvm.multiprocessing.Listener;
import dev.multijvm.multiprocessing.Pipe;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every connection, by whatever way it was made.
@Timeout(60)
class ConnectionTest {
  private static final byte[] KEY = "a key of more than 16 bytes".getBytes(UTF_8);

  enum Way {
    PIPE {
      @Override
      Pipe pair() {
        return Pipe.open();
      }
    },
    LOCAL {
      @Override
      Pipe pair() throws IOException {
        try (var listener = Listener.local(KEY)) {
          var caller = Connection.connect(listener.address(), KEY);
          return new Pipe(caller, listener.accept());
        }
      }
    },
    TCP {
      @Override
      Pipe pair() throws IOException {
        var options =
            ConnectionOptions.defaults()
                .withFilter(ObjectInputFilter.Config.createFilter("java.base/*"));
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = Listener.tcp(anyPort, KEY, options)) {
          var caller = Connection.connect(listener.address(), KEY, options);
          return new Pipe(caller, listener.accept());
        }
      }
    };

    abstract Pipe pair() throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void objectsArriveInOrderAndBothWays(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.first().send("hello");
      pair.first().send(null);
      pair.first().send(List.of(1, 2L, 3.0));
      assertThat(pair.second().receive()).isEqualTo("hello");
      assertThat(pair.second().receive()).isNull();
      assertThat(pair.second().receive()).isEqualTo(List.of(1, 2L, 3.0));

      pair.second().send(new int[] {4, 5});
      assertThat(pair.first().receive(int[].class)).containsExactly(4, 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfAnySizeArriveWhole(Way way) throws Exception {
    try (var pair = way.pair();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var size : List.of(0, 1, 65_527, 65_528, 65_529, 1 << 20, 64 << 20)) {
        var message = patterned(size);
        var sent =
            threads.submit(() -> {
              pair.first().sendBytes(message);
              return null;
            });

        var received = pair.second().receiveBytes();
        assertThat(Arrays.equals(received, message)).as("%d bytes", size).isTrue();
        sent.get(30, SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreReceivedIntoWhateverTheCallerHas(Way way) throws Exception {
    try (var pair = way.pair();
        var arena = Arena.ofConfined()) {
      var message = patterned(100);
      var segment = arena.allocate(200);

      pair.first().sendBytes(message);
      var array = new byte[101];
      assertThat(pair.second().receiveInto(array)).isEqualTo(100);
      assertThat(Arrays.copyOf(array, 100)).isEqualTo(message);

      segment.asByteBuffer().put(message);
      pair.first().sendBytes(segment.asSlice(0, 100));
      segment.fill((byte) 0);
      assertThat(pair.second().receiveInto(segment)).isEqualTo(100);
      assertThat(segment.asSlice(0, 100).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(message);

      var source = ByteBuffer.wrap(message, 10, 20);
      pair.first().sendBytes(source);
      var target = ByteBuffer.allocateDirect(30).position(5);
      assertThat(pair.second().receiveInto(target)).isEqualTo(20);
      assertThat(source.hasRemaining()).isFalse();
      assertThat(target.position()).isEqualTo(25);
      assertThat(target.get(5)).isEqualTo(message[10]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messageLongerThanTheBufferIsInTheException(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.first().sendBytes(patterned(100));
      pair.first().sendBytes(new byte[] {1});
      var target = ByteBuffer.allocate(99);

      assertThatExceptionOfType(BufferTooShortException.class)
          .isThrownBy(() -> pair.second().receiveInto(target))
          .withMessage("the message has 100 bytes, the buffer 99")
          .satisfies(e -> assertThat(e.message()).isEqualTo(patterned(100)));
      assertThat(target.position()).isZero();
      assertThat(pair.second().receiveInto(target)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messageOfAnotherKindStaysWhereItIs(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.first().send("object");
      pair.first().sendBytes(new byte[] {7});

      assertThatIllegalStateException()
          .isThrownBy(() -> pair.second().receiveBytes())
          .withMessageContaining("use receive");
      assertThat(pair.second().receive()).isEqualTo("object");
      assertThatIllegalStateException()
          .isThrownBy(() -> pair.second().receive())
          .withMessageContaining("use receiveBytes");
      assertThat(pair.second().receiveBytes()).containsExactly(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeWrittenIsNotSentAndHarmsNothing(Way way) throws Exception {
    try (var pair = way.pair()) {
      var unwritable = new Object[] {"some of it", new Object()};

      assertThatExceptionOfType(NotSerializableException.class)
          .isThrownBy(() -> pair.first().send(unwritable));
      pair.first().send("next");
      assertThat(pair.second().receive()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pollTellsWhetherReceiveWouldWait(Way way) throws Exception {
    try (var pair = way.pair()) {
      assertThat(pair.second().poll(Duration.ZERO)).isFalse();
      assertThat(pair.second().poll(Duration.ofMillis(5))).isFalse();

      pair.first().sendBytes(patterned(100));
      assertThat(pair.second().poll(Duration.ofSeconds(30))).isTrue();
      assertThat(pair.second().poll(Duration.ZERO)).isTrue();
      assertThat(pair.second().receiveInto(new byte[100])).isEqualTo(100);
      assertThat(pair.second().poll(Duration.ZERO)).isFalse();

      pair.first().close();
      assertThat(pair.second().poll(Duration.ofSeconds(30))).isTrue();
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair.second()::receive);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasSentBeforeTheEndIsReceived(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.first().send("last words");
      pair.first().close();
      pair.first().close();

      assertThat(pair.second().receive()).isEqualTo("last words");
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair.second()::receive);
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair.second()::receiveBytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasSentIsReceivedEvenIfTheSenderLeavesSomethingUnread(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.second().send("read");
      assertThat(pair.first().receive()).isEqualTo("read");
      pair.second().send("not read");
      pair.first().sendBytes(patterned(200_000));
      pair.first().close();

      assertThat(pair.second().receiveBytes()).isEqualTo(patterned(200_000));
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair.second()::receive);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendingToNobodyFails(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.second().send("in use");
      pair.second().close();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            while (true) {
              pair.first().sendBytes(new byte[1000]);
            }
          })
          .withMessageContaining("peer is gone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedEndSaysSo(Way way) throws Exception {
    try (var pair = way.pair()) {
      pair.first().send("in use");
      pair.first().close();

      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> pair.first().send("more"))
          .withMessageContaining("has been closed");
      assertThatExceptionOfType(SocketException.class).isThrownBy(pair.first()::receive);
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> pair.first().poll(Duration.ofSeconds(30)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingWakesThoseWhoReceiveAndSend(Way way) throws Exception {
    try (var pair = way.pair()) {
      var receiving = new FutureTask<>(() -> pair.first().receive());
      var sending =
          new FutureTask<>(() -> {
            pair.first().sendBytes(new byte[16 << 20]);
            return null;
          });
      connect(pair);
      var receiver = Thread.ofPlatform().start(receiving);
      var sender = Thread.ofVirtual().start(sending);
      awaitBlocked(receiver);
      awaitBlocked(sender);

      pair.first().close();

      assertThat(receiving)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(SocketException.class);
      assertThat(sending)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(SocketException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptedReceiverKeepsTheConnectionAndItsStatus(Way way) throws Exception {
    try (var pair = way.pair()) {
      for (var builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
        var statusKept =
            new FutureTask<>(() -> {
              assertThatExceptionOfType(InterruptedIOException.class)
                  .isThrownBy(pair.second()::receive);
              return Thread.currentThread().isInterrupted();
            });
        var receiver = builder.start(statusKept);
        awaitBlocked(receiver);

        receiver.interrupt();

        assertThat(statusKept.get(30, SECONDS)).isTrue();
      }
      pair.first().send("still here");
      assertThat(pair.second().receive()).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptedSenderOfALongMessageClosesTheConnectionAndSaysSo(Way way) throws Exception {
    try (var pair = way.pair()) {
      connect(pair);
      var sending =
          new FutureTask<>(() -> {
            pair.first().sendBytes(new byte[16 << 20]);
            return null;
          });
      var sender = Thread.ofPlatform().start(sending);
      awaitBlocked(sender);

      sender.interrupt();

      assertThat(sending)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(InterruptedIOException.class)
          .withMessageContaining("the connection is closed");
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(pair.second()::receiveBytes)
          .withMessageContaining("inside a message");
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> pair.first().send("more"));
    }
  }

  /// Only a local socket takes a short message whole or not at all.
  @ParameterizedTest
  @EnumSource(names = {"PIPE", "LOCAL"})
  void messageOfAnInterruptedSenderCanBeSentAgain(Way way) throws Exception {
    try (var pair = way.pair()) {
      connect(pair);
      var message = ByteBuffer.wrap(patterned(1000));
      var sent = new AtomicInteger();
      var sending =
          new FutureTask<>(() -> {
            while (true) {
              pair.first().sendBytes(message);
              message.rewind();
              sent.incrementAndGet();
            }
          });
      var sender = Thread.ofPlatform().start(sending);
      awaitBlocked(sender);

      sender.interrupt();

      assertThat(sending)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(InterruptedIOException.class);
      assertThat(message.remaining()).isEqualTo(1000);
      for (var i = 0; i < sent.get(); i++) {
        assertThat(pair.second().receiveBytes()).hasSize(1000);
      }
      pair.first().sendBytes(message);
      assertThat(pair.second().receiveBytes()).isEqualTo(patterned(1000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void messageWhoseMemoryIsClosedHalfWayClosesTheConnection(Way way) throws Exception {
    try (var pair = way.pair()) {
      connect(pair);
      var arena = Arena.ofShared();
      var message = arena.allocate(16 << 20);
      var sending =
          new FutureTask<>(() -> {
            pair.first().sendBytes(message);
            return null;
          });
      awaitBlocked(Thread.ofPlatform().start(sending));

      arena.close();

      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(pair.second()::receiveBytes)
          .withMessageContaining("inside a message");
      assertThat(sending)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(IllegalStateException.class);
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> pair.first().send("more"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfSeveralSendersNeverMix(Way way) throws Exception {
    var perSender = 300;
    try (var pair = way.pair();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<?>>();
      for (var sender = 0; sender < 4; sender++) {
        var fill = (byte) sender;
        sent.add(
            threads.submit(() -> {
              for (var i = 0; i < perSender; i++) {
                var message = new byte[1 + i * 700];
                Arrays.fill(message, fill);
                pair.first().sendBytes(message);
              }
              return null;
            }));
      }

      var seen = new int[4];
      for (var i = 0; i < 4 * perSender; i++) {
        var message = pair.second().receiveBytes();
        var sender = message[0];
        assertThat(message).hasSize(1 + seen[sender]++ * 700);
        assertThat(IntStream.range(0, message.length).allMatch(at -> message[at] == sender))
            .isTrue();
      }
      for (var each : sent) {
        each.get(30, SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aThousandVirtualThreadsShareAnEnd(Way way) throws Exception {
    try (var pair = way.pair();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<?>>();
      for (var i = 0; i < 1000; i++) {
        var number = i;
        sent.add(
            threads.submit(() -> {
              pair.first().send(number);
              return null;
            }));
      }
      var received = new HashSet<Integer>();
      Callable<Integer> receiving = () -> pair.second().receive(Integer.class);
      var receivers = threads.invokeAll(Collections.nCopies(1000, receiving));
      for (var receiver : receivers) {
        received.add(receiver.get(30, SECONDS));
      }
      for (var each : sent) {
        each.get(30, SECONDS);
      }

      assertThat(received).hasSize(1000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aThousandVirtualThreadsWaitWithoutHoldingUpAnother(Way way) throws Exception {
    var pairs = new Pipe[way == Way.TCP ? 20 : 200];
    for (var i = 0; i < pairs.length; i++) {
      pairs[i] = way.pair();
      pairs[i].first().send("in use");
      assertThat(pairs[i].second().receive()).isEqualTo("in use");
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<?>>();
      for (var pair : pairs) {
        for (var i = 0; i < 5; i++) {
          waiting.add(threads.submit(() -> pair.second().receive()));
        }
      }

      assertThat(threads.submit(() -> "not starved").get(30, SECONDS)).isEqualTo("not starved");
      for (var pair : pairs) {
        pair.close();
      }
      for (var each : waiting) {
        assertThat(each).failsWithin(Duration.ofSeconds(30));
      }
    }
  }

  /// An end is connected when it is used first.
  private static void connect(Pipe pair) throws IOException {
    pair.second().send("in use");
    assertThat(pair.first().receive()).isEqualTo("in use");
  }

  private static byte[] patterned(int size) {
    var bytes = new byte[size];
    for (var i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    return bytes;
  }

  /// A thread sleeps in the kernel as RUNNABLE, so blocked is whoever stays in a selector.
  static void awaitBlocked(Thread thread) throws InterruptedException {
    while (Arrays.stream(thread.getStackTrace()).noneMatch(ConnectionTest::isWaiting)) {
      assertThat(thread.isAlive()).isTrue();
      Thread.sleep(1);
    }
  }

  private static boolean isWaiting(StackTraceElement frame) {
    return frame.getMethodName().equals("doSelect")
        || frame.getMethodName().equals("park")
        || frame.getMethodName().equals("parkNanos");
  }
}
