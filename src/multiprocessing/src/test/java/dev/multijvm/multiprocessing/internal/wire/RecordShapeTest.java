package dev.multijvm.multiprocessing.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordShapeTest {
  record Range(long from, Long to) implements Serializable {}

  record Everything(
      byte b,
      short s,
      int i,
      Character c,
      boolean truth,
      float f,
      @Nullable Double d,
      String text,
      Range range)
      implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent") // compared by what is in it
  record Samples(String name, double[] values) implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Twins(int[] one, int[] other) implements Serializable {}

  record Tree(int value, @Nullable Tree child) implements Serializable {}

  record Tagged(Object tag) implements Serializable {}

  record Secret(int number) {}

  record Hooked(int number) implements Serializable {
    private Object writeReplace() {
      return "replaced " + number;
    }
  }

  record Doubled(int number) implements Serializable {
    @Override
    public int number() {
      return 2 * number;
    }
  }

  record Even(int number) implements Serializable {
    static boolean strict;

    Even {
      if (strict && number % 2 != 0) {
        throw new IllegalArgumentException("odd: " + number);
      }
    }
  }

  private static final ValueReader READER =
      new ValueReader(RecordShapeTest.class.getClassLoader(), null);

  private static byte[] written(Object value) throws IOException {
    var out = new Encoder(64);
    new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED).write(value);
    return out.toBytes();
  }

  private static @Nullable Object copy(Object value) throws Exception {
    return READER.read(new Decoder(written(value)));
  }

  private static boolean isCompact(Object value) throws IOException {
    return written(value)[0] == Tag.RECORD;
  }

  @Test
  void recordOfCommonComponentsComesBackEqual() throws Exception {
    var everything =
        new Everything((byte) 1, (short) -2, 3, 'ü', true, 4.5f, null, "\u4e16", new Range(6, 7L));

    assertThat(isCompact(everything)).isTrue();
    assertThat(copy(everything)).isEqualTo(everything).isNotSameAs(everything);
  }

  @Test
  void compactFormTakesLessThanHalfOfTheStream() throws Exception {
    var value = new Range(1, 1_000_000L);
    var stream = new Encoder(64);
    try (var objects = new ObjectOutputStream(stream)) {
      objects.writeObject(value);
    }

    assertThat(written(value).length).isLessThan(stream.size() / 2);
  }

  @Test
  void arrayIsCopiedWithItsRecord() throws Exception {
    var samples = new Samples("name", new double[] {1, Double.NaN, 3});

    var copy = (Samples) Objects.requireNonNull(copy(samples));

    assertThat(isCompact(samples)).isTrue();
    assertThat(copy.values()).containsExactly(1, Double.NaN, 3).isNotSameAs(samples.values());
  }

  @Test
  void oneArrayInTwoComponentsStaysOne() throws Exception {
    int[] array = {1, 2};

    var copy = (Twins) Objects.requireNonNull(copy(new Twins(array, array)));

    assertThat(copy.one()).containsExactly(1, 2).isSameAs(copy.other());
  }

  @Test
  void recordsThatHoldTheirOwnKindOrAnythingAreLeftToSerialization() throws Exception {
    var tree = new Tree(1, new Tree(2, null));

    assertThat(isCompact(tree)).isFalse();
    assertThat(copy(tree)).isEqualTo(tree);
    assertThat(isCompact(new Tagged("text"))).isFalse();
    assertThat(copy(new Tagged(List.of(1)))).isEqualTo(new Tagged(List.of(1)));
  }

  @Test
  void recordThatIsNotSerializableIsRefused() {
    assertThatThrownBy(() -> written(new Secret(1)))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage(Secret.class.getName());
  }

  @Test
  void recordThatReplacesItselfIsReplaced() throws Exception {
    assertThat(copy(new Hooked(3))).isEqualTo("replaced 3");
  }

  @Test
  void fieldsAreCopiedWithoutTheirAccessors() throws Exception {
    assertThat(isCompact(new Doubled(5))).isTrue();
    assertThat(copy(new Doubled(5))).isEqualTo(new Doubled(5));
  }

  @Test
  void constructorThatRefusesTheValuesIsTheCause() throws Exception {
    byte[] odd = written(new Even(3));
    Even.strict = true;
    try {
      assertThatThrownBy(() -> READER.read(new Decoder(odd)))
          .isInstanceOf(InvalidObjectException.class)
          .hasMessageContaining("[3]")
          .hasRootCauseMessage("odd: 3");
    } finally {
      Even.strict = false;
    }
  }

  @Test
  void filterIsAskedForTheClass() throws Exception {
    var filter = ObjectInputFilter.Config.createFilter("!" + Range.class.getName());
    var reader = new ValueReader(RecordShapeTest.class.getClassLoader(), filter);
    byte[] range = written(new Range(1, 2L));

    assertThatThrownBy(() -> reader.read(new Decoder(range)))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("REJECTED");
    assertThat(reader.read(new Decoder(written(new Even(2))))).isEqualTo(new Even(2));
  }
}
