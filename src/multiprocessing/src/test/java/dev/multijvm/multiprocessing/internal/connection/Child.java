package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Base64;

/// A child JVM that does one piece of work, with whatever that has captured, and ends.
public final class Child implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  @FunctionalInterface
  public interface Work extends Serializable {
    void run() throws Exception;
  }

  private final ChildJvm jvm;

  private Child(ChildJvm jvm) {
    this.jvm = jvm;
  }

  public static Child start(Work work) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(work);
    }
    var text = Base64.getEncoder().encodeToString(bytes.toByteArray());
    var parent = Long.toString(ProcessHandle.current().pid());
    var jvm = ChildJvm.start(JvmCommand.of(Child.class, parent, text), "child", "[child] ");
    jvm.pumpStandardOutput();
    return new Child(jvm);
  }

  public static void main(String[] arguments) throws Exception {
    ParentWatch.arm(Long.parseLong(arguments[0]));
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(arguments[1]));
    try (var in = new ObjectInputStream(bytes)) {
      ((Work) in.readObject()).run();
    }
    System.exit(0);
  }

  public long pid() {
    return jvm.pid();
  }

  public void kill() {
    jvm.kill();
  }

  public void awaitSuccess() throws InterruptedException {
    assertThat(jvm.awaitEnd(SOON)).isTrue();
    assertThat(jvm.process().exitValue()).as(() -> jvm.end().toString()).isZero();
  }

  @Override
  public void close() throws IOException {
    jvm.close();
  }
}
