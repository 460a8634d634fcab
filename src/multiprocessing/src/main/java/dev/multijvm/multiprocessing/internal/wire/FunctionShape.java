package dev.multijvm.multiprocessing.internal.wire;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The part of a lambda that is the same in all its instances: class, method and signatures,
/// without the captured values. Sent once per worker; after that a lambda is a number and its
/// captured values.
///
/// There is one per class of lambdas, kept by that class, so it goes when the class goes.
final class FunctionShape {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final ClassValue<Optional<FunctionShape>> SHAPES =
      new ClassValue<>() {
        @Override
        protected Optional<FunctionShape> computeValue(Class<?> type) {
          return shapeOf(type);
        }
      };

  private final Method writeReplace;
  private final int number = NUMBERS.incrementAndGet();

  /// Made from the first instance seen; all instances make the same.
  private volatile List<Definition> definition = List.of();

  private FunctionShape(Method writeReplace) {
    this.writeReplace = writeReplace;
  }

  /// The shape of `value`; empty if it is no serializable lambda, or its package is not open to us.
  static Optional<FunctionShape> of(Object value) {
    return SHAPES.get(value.getClass());
  }

  private static Optional<FunctionShape> shapeOf(Class<?> type) {
    if (!type.isHidden() || !type.isSynthetic() || !Serializable.class.isAssignableFrom(type)) {
      return Optional.empty();
    }
    try {
      var method = type.getDeclaredMethod("writeReplace");
      method.setAccessible(true);
      return Optional.of(new FunctionShape(method));
    } catch (NoSuchMethodException | InaccessibleObjectException _) {
      return Optional.empty();
    }
  }

  /// The lambda with its captured values.
  SerializedLambda taken(Object lambda) {
    try {
      return (SerializedLambda) writeReplace.invoke(lambda);
    } catch (ReflectiveOperationException problem) {
      throw new IllegalStateException("a lambda of " + lambda.getClass(), problem);
    }
  }

  int number() {
    return number;
  }

  /// What a worker must know, as a list of one.
  List<Definition> definition(SerializedLambda lambda) {
    if (definition.isEmpty()) {
      definition = new Definition(Message.SHAPE, number, encoded(lambda), List.of()).asNeeds();
    }
    return definition;
  }

  private static byte[] encoded(SerializedLambda lambda) {
    var out = new Encoder(256);
    out.writeText(lambda.getCapturingClass());
    out.writeText(lambda.getFunctionalInterfaceClass());
    out.writeText(lambda.getFunctionalInterfaceMethodName());
    out.writeText(lambda.getFunctionalInterfaceMethodSignature());
    out.writeVarInt(lambda.getImplMethodKind());
    out.writeText(lambda.getImplClass());
    out.writeText(lambda.getImplMethodName());
    out.writeText(lambda.getImplMethodSignature());
    out.writeText(lambda.getInstantiatedMethodType());
    return out.toBytes();
  }
}
