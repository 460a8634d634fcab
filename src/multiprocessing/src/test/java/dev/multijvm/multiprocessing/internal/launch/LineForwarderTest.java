package dev.multijvm.multiprocessing.internal.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineForwarderTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final LineForwarder forwarder = new LineForwarder("[a] ", LineForwarder.Target.OUT);

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(realOut);
  }

  @Test
  void lineIsPrintedOnceItIsWhole() {
    accept("one\ntw");
    assertThat(printed()).isEqualTo("[a] one\n");

    accept("o\r\n\n");

    assertThat(printed()).isEqualTo("[a] one\n[a] two\n[a] \n");
  }

  @Test
  void characterCutBetweenTwoReadsStaysWhole() {
    byte[] bytes = "ü\n".getBytes(UTF_8);

    forwarder.accept(bytes, 0, 1);
    forwarder.accept(bytes, 1, 2);

    assertThat(printed()).isEqualTo("[a] ü\n");
  }

  @Test
  void endPrintsWhatIsLeftOnce() {
    accept("rest");

    forwarder.end();
    forwarder.end();

    assertThat(printed()).isEqualTo("[a] rest\n");
  }

  @Test
  void endlessLineComesInPieces() {
    accept("x".repeat(200_000));

    assertThat(printed().lines()).hasSize(3).allMatch(line -> line.length() == 4 + (64 << 10));
  }

  @Test
  void garbageIsHarmless() {
    byte[] garbage = new byte[1 << 20];
    new Random(7).nextBytes(garbage);

    forwarder.accept(garbage, 0, garbage.length);
    accept("\nsane\n");

    assertThat(printed()).endsWith("[a] sane\n");
  }

  @Test
  void bytesThatContinueNoCharacterComeInPiecesToo() {
    byte[] garbage = new byte[1 << 20];
    Arrays.fill(garbage, (byte) 0x80);

    forwarder.accept(garbage, 0, garbage.length);
    forwarder.end();

    assertThat(printed().lines()).hasSize(8);
  }

  @Test
  void tailIsTheLastSixtyFourKibibytes() {
    accept("a".repeat(70_000) + "end");

    assertThat(forwarder.tail()).hasSize(64 << 10).endsWith("aend");
  }

  @Test
  void tailOfLittleIsAllOfIt() {
    accept("only\nthis");

    assertThat(forwarder.tail()).isEqualTo("only\nthis");
  }

  @Test
  void brokenStreamInPlaceOfSystemOutStopsNothing() {
    System.setOut(
        new PrintStream(printed) {
          @Override
          public void println(String line) {
            throw new AssertionError("broken");
          }
        });

    accept("lost\n");

    assertThat(forwarder.tail()).isEqualTo("lost\n");
  }

  private void accept(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    forwarder.accept(bytes, 0, bytes.length);
  }

  private String printed() {
    return printed.toString(UTF_8);
  }
}
