package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.Pipe;
import dev.multijvm.multiprocessing.Signals;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PipeTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  record Greeting(String text, long pid) implements Serializable {}

  @Test
  void endWorksInAChildBothWays() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child = Child.start(() -> PipeWork.echo(there))) {
        for (var i = 0; i < 100; i++) {
          pipe.first().send(new Greeting("hello " + i, child.pid()));
          assertThat(pipe.first().receive()).isEqualTo(new Greeting("hello " + i, child.pid()));
        }
        pipe.first().sendBytes(new byte[10 << 20]);
        pipe.first().send("bye");
        child.awaitSuccess();
      }
    }
  }

  @Test
  void bothEndsInOneProcessAreConnected() throws Exception {
    try (var pipe = Pipe.open()) {
      pipe.first().send("waits for nobody");
      assertThat(pipe.second().receive()).isEqualTo("waits for nobody");
      pipe.second().send("back");
      assertThat(pipe.first().receive()).isEqualTo("back");
    }
  }

  @Test
  void endsOfAOneWayPipeHaveOneVerbEach() throws Exception {
    try (var pipe = Pipe.oneWay()) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> pipe.first().send("x"))
          .withMessageContaining("only receives");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> pipe.second().receive())
          .withMessageContaining("only sends");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> pipe.second().poll(Duration.ZERO));

      var there = pipe.second();
      try (var child = Child.start(() -> there.send("one way"))) {
        assertThat(pipe.first().receive()).isEqualTo("one way");
        assertThatExceptionOfType(EOFException.class).isThrownBy(pipe.first()::receive);
        child.awaitSuccess();
      }
    }
  }

  @Test
  void whatIsSentBeforeTheOtherEndArrivesIsReceivedEvenAfterClosing() throws Exception {
    var pipe = Pipe.open();
    var there = pipe.second();
    pipe.first().send("early");
    pipe.first().sendBytes(new byte[60_000]);
    pipe.first().close();

    try (var child =
        Child.start(() -> {
          assertThat(there.receive()).isEqualTo("early");
          assertThat(there.receiveBytes()).hasSize(60_000);
          assertThatExceptionOfType(EOFException.class).isThrownBy(there::receive);
        })) {
      child.awaitSuccess();
    }
  }

  @Test
  void longMessageWaitsForTheOtherEndToBeUsed() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child = Child.start(() -> assertThat(there.receiveBytes()).hasSize(1 << 20))) {
        pipe.first().sendBytes(new byte[1 << 20]);
        child.awaitSuccess();
      }
    }
  }

  @Test
  void bothEndsMayLeaveTheProcessThatMadeThem() throws Exception {
    var pipe = Pipe.open();
    var one = pipe.first();
    var other = pipe.second();
    try (var sender =
            Child.start(() -> {
              one.send("from the one");
              one.sendBytes(new byte[10 << 20]);
              assertThat(one.receive()).isEqualTo("from the other");
            });
        var receiver =
            Child.start(() -> {
              assertThat(other.receive()).isEqualTo("from the one");
              assertThat(other.receiveBytes()).hasSize(10 << 20);
              other.send("from the other");
              assertThatExceptionOfType(EOFException.class).isThrownBy(other::receive);
            })) {
      pipe.close();
      sender.awaitSuccess();
      receiver.awaitSuccess();
    }
  }

  @Test
  void endBelongsToTheFirstProcessThatUsesIt() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var go = Pipe.open();
          var owner = Child.start(() -> PipeWork.echo(there))) {
        var starter = go.second();
        try (var other =
            Child.start(() -> {
              starter.receive();
              assertThatIllegalStateException().isThrownBy(there::receive);
            })) {
          pipe.first().send("yours");
          assertThat(pipe.first().receive()).isEqualTo("yours");

          assertThatIllegalStateException()
              .isThrownBy(() -> there.send("mine"))
              .withMessageContaining("used by process " + owner.pid());
          go.first().send("now you");
          other.awaitSuccess();
          pipe.first().send("bye");
          owner.awaitSuccess();
        }
      }
    }
  }

  /// Meets an end of its own stream when it is read.
  private static final class TooShort implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException {
      throw new EOFException("its own end");
    }
  }

  @Test
  void messageThatCannotReadItselfIsNotTheEndOfThePeer() throws Exception {
    try (var pipe = Pipe.open()) {
      pipe.first().send(new TooShort());
      pipe.first().send("still here");

      assertThatExceptionOfType(InvalidObjectException.class)
          .isThrownBy(pipe.second()::receive)
          .havingRootCause()
          .withMessage("its own end");
      assertThat(pipe.second().receive()).isEqualTo("still here");
    }
  }

  @Test
  void lookWaitsForNobody() throws Exception {
    try (var pipe = Pipe.open()) {
      assertThat(pipe.first().poll(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    }
  }

  /// The other side of a socket where nobody answers, as a process that was stopped.
  @Test
  void lookDoesNotWaitForACreatorThatDoesNotAnswer(@TempDir Path directory) throws Exception {
    var address = UnixDomainSocketAddress.of(directory.resolve("exchange"));
    try (var stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      stopped.bind(address);
      var ticket =
          new PipeTicket(
              address.getPath().toString(), 1, UUID.randomUUID(), 0, PipeDirections.BOTH);
      try (var end = new GuestEnd(ticket)) {
        var looks =
            new FutureTask<>(() -> end.poll(Duration.ZERO) || end.poll(Duration.ofNanos(1)));
        Thread.startVirtualThread(looks);

        assertThat(looks.get(5, TimeUnit.SECONDS)).isFalse();

        var caller = stopped.accept();
        caller.read(ByteBuffer.allocate(PipeTicket.HELLO_BYTES + 1));
        caller.write(PipeTicket.granted());
        assertThat(end.poll(Duration.ofMillis(1))).isFalse();
        caller.close();
        assertThat(end.poll(SOON)).isTrue();
      }
    }
  }

  @Test
  void endIsOverWhereverItsUserNoticesThatTheCreatorIsGone(@TempDir Path directory)
      throws Exception {
    var socket = directory.resolve("exchange");
    var ticket = new PipeTicket(socket.toString(), 1, UUID.randomUUID(), 0, PipeDirections.BOTH);
    try (var early = new GuestEnd(ticket);
        var late = new GuestEnd(ticket)) {
      try (var creator = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        creator.bind(UnixDomainSocketAddress.of(socket));
        early.hold();
        creator.accept().close();
      }

      assertOver(early);
      assertOver(late);
      Files.delete(socket);
      assertOver(late);
    }
  }

  private static void assertOver(Connection end) throws IOException {
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(end::receive)
        .withMessageContaining("is no longer there");
    assertThat(end.poll(SOON)).isTrue();
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> end.send("x"));
  }

  @Test
  void endThatIsInUseTravelsNoMore() throws Exception {
    try (var pipe = Pipe.open()) {
      var here = pipe.first();
      here.send("in use");

      assertThatExceptionOfType(NotSerializableException.class)
          .isThrownBy(() -> Child.start(() -> here.send("x")))
          .withMessageContaining("in use");
    }
  }

  @Test
  void endTravelsOverAnotherConnection() throws Exception {
    try (var first = Pipe.open();
        var second = Pipe.open()) {
      var there = first.second();
      try (var child =
          Child.start(() -> there.receive(Connection.class).send("over the second pipe"))) {
        first.first().send(second.second());
        assertThat(second.first().receive()).isEqualTo("over the second pipe");
        child.awaitSuccess();
      }
    }
  }

  @Test
  void closingAHandedOverEndGivesUpOnlyTheCopy() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child = Child.start(() -> there.send("still works"))) {
        there.close();

        assertThat(pipe.first().receive()).isEqualTo("still works");
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> there.send("x"));
        child.awaitSuccess();
      }
    }
  }

  @Test
  void closingAnEndThatNeverLeftEndsThePipe() throws Exception {
    try (var pipe = Pipe.open()) {
      pipe.second().close();

      assertThat(pipe.first().poll(SOON)).isTrue();
      assertThatExceptionOfType(EOFException.class).isThrownBy(pipe.first()::receive);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> pipe.first().send("x"));
    }
  }

  @Test
  void closingAnEndThatWasUsedInVainEndsThePipe() throws Exception {
    try (var pipe = Pipe.open()) {
      var receiving = new FutureTask<>(() -> pipe.first().receive());
      ConnectionTest.awaitBlocked(Thread.ofPlatform().start(receiving));
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> pipe.second().send("x"));
      assertThat(Thread.interrupted()).isTrue();

      pipe.second().close();

      assertThat(receiving)
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(EOFException.class);
    }
  }

  @Test
  void killedProcessEndsThePipeInTheMiddleOfAMessage() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child =
          Child.start(() -> {
            there.send("now");
            there.sendBytes(new byte[100 << 20]);
          })) {
        assertThat(pipe.first().receive()).isEqualTo("now");
        child.kill();

        assertThatExceptionOfType(EOFException.class).isThrownBy(pipe.first()::receiveBytes);
      }
    }
  }

  @Test
  void processThatEndsWithoutUsingItsEndEndsThePipe() throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child = Child.start(() -> assertThat(there).isNotNull())) {
        assertThatExceptionOfType(EOFException.class)
            .isThrownBy(pipe.first()::receive)
            .withMessageContaining("without using it");
        child.awaitSuccess();
      }
    }
  }

  @Test
  void endsThatAreAwayEndWithTheProcessThatMadeThem() throws Exception {
    try (var report = Pipe.open()) {
      var there = report.second();
      try (var grandparent = Child.start(() -> PipeWork.makePipeForAChild(there))) {
        assertThat(report.first().receive()).isEqualTo("ready");
        grandparent.kill();

        // The grandchild is an orphan now; all that can be seen from here is that it does not hang
        // on to anything: the pipe of its parent, which it never used, is over as well.
        assertThatExceptionOfType(EOFException.class).isThrownBy(report.first()::receive);
      }
    }
  }

  @Test
  void exchangeForgetsAnInterrupt() throws Exception {
    var _ = Exchange.here();
    var exchange = ListenerTest.threadNamed("multijvm exchange");

    exchange.interrupt();

    var deadline = System.nanoTime() + SOON.toNanos();
    while (exchange.isInterrupted() && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
    assertThat(exchange.isInterrupted()).isFalse();
  }

  @Test
  void nothingIsKeptHereOfAPipeWhoseEndsWereUsedElsewhere() throws Exception {
    var _ = Exchange.here();
    var before = sockets();
    try (var pipe = Pipe.open()) {
      var one = pipe.first();
      var other = pipe.second();
      try (var sender = Child.start(() -> one.send("hello"));
          var receiver = Child.start(() -> assertThat(other.receive()).isEqualTo("hello"))) {
        sender.awaitSuccess();
        receiver.awaitSuccess();
      }
    }

    var deadline = System.nanoTime() + SOON.toNanos();
    while (!before.containsAll(sockets()) && System.nanoTime() - deadline < 0) {
      Thread.sleep(10);
    }
    assertThat(sockets()).isSubsetOf(before);
  }

  @Test
  void interruptWhileAnEndIsBeingClaimedHarmsNothing() throws Exception {
    try (var report = Pipe.open()) {
      var there = report.second();
      try (var creator = Child.start(() -> PipeWork.lendAndReport(there))) {
        var end = report.first().receive(Connection.class);
        Signals.send("STOP", creator.pid());
        var user =
            new FutureTask<>(() ->
                assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> end.send("one")));
        var thread = Thread.ofPlatform().start(user);
        ConnectionTest.awaitBlocked(thread);

        thread.interrupt();

        user.get(30, TimeUnit.SECONDS);
        Signals.send("CONT", creator.pid());
        end.send("two");
        assertThat(report.first().receive()).isEqualTo("two");
        end.close();
        creator.awaitSuccess();
      }
    }
  }

  @Test
  void closingAnEndEndsItsClaim() throws Exception {
    try (var report = Pipe.open()) {
      var there = report.second();
      try (var creator = Child.start(() -> PipeWork.lendAndReport(there))) {
        var end = report.first().receive(Connection.class);
        Signals.send("STOP", creator.pid());
        var user =
            new FutureTask<>(
                () -> assertThatExceptionOfType(SocketException.class).isThrownBy(end::receive));
        ConnectionTest.awaitBlocked(Thread.ofPlatform().start(user));

        end.close();

        user.get(30, TimeUnit.SECONDS);
        Signals.send("CONT", creator.pid());
        creator.awaitSuccess();
      }
    }
  }

  private static Set<String> sockets() throws IOException {
    var all = new HashSet<String>();
    try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var link : links) {
        try {
          all.add(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException _) {
          // That of this very listing.
        }
      }
    }
    all.removeIf(target -> !target.startsWith("socket:"));
    return all;
  }
}
