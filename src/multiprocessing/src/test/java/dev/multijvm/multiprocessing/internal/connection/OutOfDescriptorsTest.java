package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.TestChild;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that has no descriptor left for the selector in which a connection waits.
@Timeout(60)
public class OutOfDescriptorsTest {
  private static final List<String> FEW_DESCRIPTORS = TestChild.limited("-n 200");
  private static final byte[] LARGE = new byte[10 << 20];

  private String socket = "";

  @BeforeEach
  void chooseSocket(@TempDir Path directory) {
    socket = directory.resolve("socket").toString();
  }

  /// Two ends of a connection, of which neither has waited yet.
  private record Pair(LineConnection one, LineConnection other) {
    static Pair at(String socket) throws IOException {
      var address = UnixDomainSocketAddress.of(socket);
      try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        door.bind(address);
        var one = end(SocketChannel.open(address));
        return new Pair(one, end(door.accept()));
      }
    }

    private static LineConnection end(SocketChannel channel) throws IOException {
      return new LineConnection(new Line(channel), PipeEnd.CODEC, PipeEnd.MESSAGE_LIMIT_BYTES);
    }

    /// Loads what waiting takes: a class in a file cannot be loaded without a descriptor either.
    static void rehearse(String socket) throws Exception {
      var pair = at(socket);
      assertThat(pair.one().poll(Duration.ofMillis(1))).isFalse();
      var sender = Thread.startVirtualThread(() -> outcome(() -> pair.one().sendBytes(LARGE)));
      assertThat(pair.other().receiveBytes()).hasSize(LARGE.length);
      sender.join();
      pair.other().close();
      assertThat(outcome(pair.one()::receive)).isEqualTo("the end");
      pair.one().close();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static String outcome(Step step) {
    try {
      step.run();
      return "done";
    } catch (EOFException problem) {
      return "the end";
    } catch (IOException problem) {
      return problem.toString();
    }
  }

  private static String outcomeWithoutDescriptors(Step step) throws IOException {
    return outcomeWithDescriptors(0, step);
  }

  private static String outcomeWithDescriptors(int free, Step step) throws IOException {
    var all = new ArrayList<FileInputStream>();
    try {
      while (true) {
        all.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException _) {
      for (int i = 0; i < free; i++) {
        all.removeLast().close();
      }
      return outcome(step);
    } finally {
      for (var one : all) {
        one.close();
      }
    }
  }

  @Test
  void whoCannotWaitIsNotToldThatThePeerHasGone() throws Exception {
    String path = socket;
    try (var child = TestChild.start(FEW_DESCRIPTORS, List.of(), () -> receiveAndReceive(path))) {
      assertThat(child.said()).contains("Too many open files");
      assertThat(child.said()).isEqualTo("still here");
      child.join();
    }
  }

  public static void receiveAndReceive(String path) throws Exception {
    Pair.rehearse(path);
    var pair = Pair.at(path + "2");
    TestChild.say(outcomeWithoutDescriptors(pair.one()::receive));
    pair.other().send("still here");
    TestChild.say(pair.one().receive());
  }

  @Test
  void restOfAMessageIsNotTakenFromTheNext() throws Exception {
    String path = socket;
    try (var child = TestChild.start(FEW_DESCRIPTORS, List.of(), () -> sendAndSend(path))) {
      assertThat(child.said()).contains("Too many open files");
      assertThat(child.said()).isNotEqualTo("done");
      assertThat(child.said()).isEqualTo("the end");
      assertThat(child.said()).isEqualTo("still here");
      child.join();
    }
  }

  public static void sendAndSend(String path) throws Exception {
    Pair.rehearse(path);
    var pair = Pair.at(path + "2");
    TestChild.say(outcomeWithoutDescriptors(() -> pair.one().sendBytes(LARGE)));
    TestChild.say(outcome(() -> pair.one().sendBytes(new byte[1])));
    TestChild.say(outcome(pair.other()::receiveBytes));
    pair.other().send("still here");
    TestChild.say(pair.one().receive());
  }

  @Test
  void exchangeThatCannotBeOpenedLeavesNothingOpen() throws Exception {
    String path = socket;
    try (var child = TestChild.start(FEW_DESCRIPTORS, List.of(), () -> openInVain(path))) {
      for (int free = 0; free <= 2; free++) {
        assertThat(child.said()).contains("Too many open files");
        assertThat(child.said()).isEqualTo("0 more");
      }
      assertThat(child.said()).isEqualTo("done");
      child.join();
    }
  }

  public static void openInVain(String path) throws Exception {
    Pair.rehearse(path);
    Exchange.forget(UUID.randomUUID());
    Scratch.directory();
    int before = descriptors();
    for (int free = 0; free <= 2; free++) {
      TestChild.say(outcomeWithDescriptors(free, Exchange::here));
      TestChild.say(descriptors() - before + " more");
    }
    TestChild.say(outcome(Exchange::here));
  }

  private static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }
}
