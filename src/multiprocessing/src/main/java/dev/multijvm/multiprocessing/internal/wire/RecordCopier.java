package dev.multijvm.multiprocessing.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Assembles the code that makes and takes apart the records of one class, as javac would for
///
/// ```java
/// final class R$$Copier implements Function<Object[], R>, BiConsumer<R, Object[]> {
///   public R apply(Object[] values) {
///     return new R((Long) values[0], (String) values[1]);
///   }
///
///   public void accept(R record, Object[] values) {
///     values[0] = record.number;
///     values[1] = record.text;
///   }
/// }
/// ```
///
/// By hand, because the first task of a worker waits for it: method handles or reflection, which do
/// the same, take 20 to 40 ms for a class in a JVM that has just started; this takes 8 for the
/// first class and 4 for the next. For the same reason texts are not joined by `+`, which is linked
/// at its first use. Layout: The Java Virtual Machine Specification, chapter 4.
final class RecordCopier {
  /// Of Java 11, the first in which a class of a nest calls private constructors of another; there
  /// are no jumps, so no stack maps are needed.
  private static final int VERSION = 55;

  private static final int MAGIC = 0xCAFEBABE;

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;

  private static final int PUBLIC = 0x0001;
  private static final int FINAL_SUPER_SYNTHETIC = 0x1030;

  private static final int SIPUSH = 0x11;
  private static final int ALOAD_0 = 0x2a;
  private static final int ALOAD_1 = 0x2b;
  private static final int ALOAD_2 = 0x2c;
  private static final int AALOAD = 0x32;
  private static final int AASTORE = 0x53;
  private static final int DUP = 0x59;
  private static final int ARETURN = 0xb0;
  private static final int RETURN = 0xb1;
  private static final int GETFIELD = 0xb4;
  private static final int INVOKEVIRTUAL = 0xb6;
  private static final int INVOKESPECIAL = 0xb7;
  private static final int INVOKESTATIC = 0xb8;
  private static final int NEW = 0xbb;
  private static final int CHECKCAST = 0xc0;

  private static final String OBJECT = "java/lang/Object";
  private static final String OBJECTS = "[Ljava/lang/Object;";
  private static final String NEW_METHOD = "<init>";

  private final String record;
  private final RecordComponent[] components;
  private final ByteArrayOutputStream pool = new ByteArrayOutputStream();
  private final Map<List<Object>, Integer> indices = new HashMap<>();

  private RecordCopier(Class<?> type, RecordComponent[] components) {
    record = internalName(type);
    this.components = components;
  }

  /// Returns a new `Function` from an array of all components to a record, which is also a
  /// `BiConsumer` of a record and an array that it fills with them.
  ///
  /// @param lookup with all rights in the class of the records
  static Object of(Lookup lookup, RecordComponent[] components)
      throws ReflectiveOperationException {
    byte[] code = new RecordCopier(lookup.lookupClass(), components).assembled();
    var constructor =
        lookup
            .defineHiddenClass(code, false, Lookup.ClassOption.NESTMATE)
            .lookupClass()
            .getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private byte[] assembled() {
    try {
      var body = new ByteArrayOutputStream();
      var out = new DataOutputStream(body);
      out.writeShort(FINAL_SUPER_SYNTHETIC);
      out.writeShort(type(record.concat("$$Copier")));
      out.writeShort(type(OBJECT));
      out.writeShort(2);
      out.writeShort(type("java/util/function/Function"));
      out.writeShort(type("java/util/function/BiConsumer"));
      out.writeShort(0); // fields
      out.writeShort(3);
      method(out, NEW_METHOD, "()V", 1, 1, construct());
      method(out, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", stack(), 2, make());
      method(out, "accept", "(Ljava/lang/Object;Ljava/lang/Object;)V", stack(), 3, takeApart());
      out.writeShort(0); // attributes

      var all = new ByteArrayOutputStream();
      var file = new DataOutputStream(all);
      file.writeInt(MAGIC);
      file.writeShort(0);
      file.writeShort(VERSION);
      file.writeShort(indices.size() + 1);
      pool.writeTo(file);
      body.writeTo(file);
      return all.toByteArray();
    } catch (IOException impossible) {
      throw new AssertionError("memory can be written", impossible);
    }
  }

  private void method(
      DataOutputStream out, String name, String descriptor, int stack, int locals, byte[] code)
      throws IOException {
    out.writeShort(PUBLIC);
    out.writeShort(text(name));
    out.writeShort(text(descriptor));
    out.writeShort(1);
    out.writeShort(text("Code"));
    out.writeInt(2 + 2 + 4 + code.length + 2 + 2);
    out.writeShort(stack);
    out.writeShort(locals);
    out.writeInt(code.length);
    out.write(code);
    out.writeShort(0); // exceptions
    out.writeShort(0); // attributes
  }

  /// The record twice, all components, and what the last one passes through.
  private int stack() {
    return 2 + 2 * components.length + 2;
  }

  private byte[] construct() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var code = new DataOutputStream(bytes);
    code.writeByte(ALOAD_0);
    with(code, INVOKESPECIAL, member(METHOD, OBJECT, NEW_METHOD, "()V"));
    code.writeByte(RETURN);
    return bytes.toByteArray();
  }

  private byte[] make() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var code = new DataOutputStream(bytes);
    with(code, NEW, type(record));
    code.writeByte(DUP);
    var descriptor = new StringBuilder("(");
    for (int i = 0; i < components.length; i++) {
      var type = components[i].getType();
      descriptor.append(type.descriptorString());
      code.writeByte(ALOAD_1);
      element(code, i);
      code.writeByte(AALOAD);
      with(code, CHECKCAST, type(type.isPrimitive() ? box(type) : internalName(type)));
      if (type.isPrimitive()) {
        String unbox = type.getName().concat("Value");
        String unboxed = "()".concat(type.descriptorString());
        with(code, INVOKEVIRTUAL, member(METHOD, box(type), unbox, unboxed));
      }
    }
    with(
        code,
        INVOKESPECIAL,
        member(METHOD, record, NEW_METHOD, descriptor.append(")V").toString()));
    code.writeByte(ARETURN);
    return bytes.toByteArray();
  }

  private byte[] takeApart() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var code = new DataOutputStream(bytes);
    for (int i = 0; i < components.length; i++) {
      var type = components[i].getType();
      String descriptor = type.descriptorString();
      code.writeByte(ALOAD_2);
      element(code, i);
      code.writeByte(ALOAD_1);
      with(code, CHECKCAST, type(record));
      with(code, GETFIELD, member(FIELD, record, components[i].getName(), descriptor));
      if (type.isPrimitive()) {
        String boxed = "(".concat(descriptor).concat(")L").concat(box(type)).concat(";");
        with(code, INVOKESTATIC, member(METHOD, box(type), "valueOf", boxed));
      }
      code.writeByte(AASTORE);
    }
    code.writeByte(RETURN);
    return bytes.toByteArray();
  }

  /// The array that was loaded and the index of one of its elements.
  private void element(DataOutputStream code, int index) throws IOException {
    with(code, CHECKCAST, type(OBJECTS));
    with(code, SIPUSH, index);
  }

  private static void with(DataOutputStream code, int instruction, int operand) throws IOException {
    code.writeByte(instruction);
    code.writeShort(operand);
  }

  // The pool of constants

  private int text(String text) throws IOException {
    return constant(UTF8, text);
  }

  private int type(String name) throws IOException {
    return constant(CLASS, text(name));
  }

  private int member(int kind, String owner, String name, String descriptor) throws IOException {
    return constant(kind, type(owner), constant(NAME_AND_TYPE, text(name), text(descriptor)));
  }

  /// Returns the index of a constant, which the pool holds once.
  ///
  /// @param parts texts, and indices of others
  private int constant(int kind, Object... parts) throws IOException {
    var key = new ArrayList<Object>(Arrays.asList(parts));
    key.add(kind);
    var known = indices.get(key);
    if (known != null) {
      return known;
    }
    var out = new DataOutputStream(pool);
    out.writeByte(kind);
    for (var part : parts) {
      if (part instanceof String text) {
        out.writeUTF(text);
      } else {
        out.writeShort((Integer) part);
      }
    }
    int index = indices.size() + 1;
    indices.put(key, index);
    return index;
  }

  private static String internalName(Class<?> type) {
    return type.isArray() ? type.descriptorString() : type.getName().replace('.', '/');
  }

  private static String box(Class<?> primitive) {
    return switch (primitive.getName()) {
      case "boolean" -> "java/lang/Boolean";
      case "byte" -> "java/lang/Byte";
      case "char" -> "java/lang/Character";
      case "double" -> "java/lang/Double";
      case "float" -> "java/lang/Float";
      case "int" -> "java/lang/Integer";
      case "long" -> "java/lang/Long";
      default -> "java/lang/Short";
    };
  }
}
