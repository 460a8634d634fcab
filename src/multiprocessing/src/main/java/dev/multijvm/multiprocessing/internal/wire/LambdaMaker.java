package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/// Makes instances of one [FunctionShape] in the process that has received it, by the method that
/// the compiler gave to the capturing class for this.
final class LambdaMaker {
  private static final Object[] NOTHING = {};
  private static final MethodType DESERIALIZE =
      MethodType.methodType(Object.class, SerializedLambda.class);

  private final Class<?> capturingClass;
  private final String interfaceClass;
  private final String interfaceMethod;
  private final String interfaceSignature;
  private final int implementationKind;
  private final String implementationClass;
  private final String implementationMethod;
  private final String implementationSignature;
  private final String instantiatedType;
  private final MethodHandle deserialize;

  /// The one instance of a lambda that captures nothing.
  private @Nullable Object single;

  LambdaMaker(Decoder in, ClassLoader loader) throws ReflectiveOperationException {
    capturingClass = Class.forName(in.readText().replace('/', '.'), false, loader);
    interfaceClass = in.readText();
    interfaceMethod = in.readText();
    interfaceSignature = in.readText();
    implementationKind = in.readVarInt();
    implementationClass = in.readText();
    implementationMethod = in.readText();
    implementationSignature = in.readText();
    instantiatedType = in.readText();
    LambdaMaker.class.getModule().addReads(capturingClass.getModule());
    deserialize =
        MethodHandles.privateLookupIn(capturingClass, MethodHandles.lookup())
            .findStatic(capturingClass, "$deserializeLambda$", DESERIALIZE);
  }

  Object make(@Nullable Object[] captured) throws IOException {
    if (captured.length > 0) {
      return made(captured);
    }
    var known = single;
    if (known == null) {
      known = made(NOTHING);
      single = known;
    }
    return known;
  }

  private Object made(@Nullable Object[] captured) throws IOException {
    var lambda =
        new SerializedLambda(
            capturingClass,
            interfaceClass,
            interfaceMethod,
            interfaceSignature,
            implementationKind,
            implementationClass,
            implementationMethod,
            implementationSignature,
            instantiatedType,
            captured);
    try {
      // A method would work as well, and cost a new worker some milliseconds for its first call.
      return (Object) deserialize.invokeExact(lambda);
    } catch (Throwable problem) {
      throw new IOException(
          "cannot make the lambda "
              + implementationMethod
              + " of "
              + capturingClass
              + ": "
              + problem,
          problem);
    }
  }
}
