package dev.multijvm.multiprocessing.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.TestChild;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private final ProcessIdentity self = ProcessIdentity.current();

  @Test
  void thisProcessIsAlive() {
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.isAlive()).isTrue();
    assertThat(ProcessIdentity.of(self.pid())).contains(self);
  }

  @Test
  void selfIsFoundOnceThereAreDescriptorsAgain() throws Exception {
    try (var child =
        TestChild.start(
            TestChild.limited("-n 200"),
            List.of(),
            () -> {
              // Loads what it takes: a class in a file cannot be loaded without a descriptor
              // either.
              assertThat(ProcessStat.read(ProcessHandle.current().pid())).isNotNull();
              Class.forName(ProcessIdentity.class.getName());
              var open = new ArrayList<FileInputStream>();
              try {
                while (true) {
                  open.add(new FileInputStream("/dev/null"));
                }
              } catch (IOException _) {
                // There are none left.
              }
              String problem = "";
              try {
                ProcessIdentity.current();
              } catch (UncheckedIOException e) {
                problem = String.valueOf(e.getMessage());
              }
              for (var file : open) {
                file.close();
              }
              TestChild.say(problem);
              TestChild.say(ProcessIdentity.current().isAlive());
            })) {
      assertThat(child.said()).isEqualTo("cannot tell which process this is");
      assertThat(child.said()).isEqualTo("true");
      child.join();
    }
  }

  @Test
  void samePidWithAnotherStartIsDead() {
    assertThat(new ProcessIdentity(self.place(), self.pid(), self.startTicks() + 1).isAlive())
        .isFalse();
  }

  @Test
  void processOfAnotherNamespaceIsNeverJudgedDead() {
    assertThat(new ProcessIdentity(self.place() + 1, 1L << 40, 1).isAlive()).isTrue();
  }

  @Test
  void killedProcessIsDeadWhetherOrNotItWasWaitedFor() throws Exception {
    // The shell never waits for its child, so that the child stays a zombie while it sleeps.
    var shell = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
    try {
      var pid = Long.parseLong(shell.inputReader().readLine());
      var child = ProcessIdentity.of(pid).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      awaitDeath(child);
      assertThat(ProcessIdentity.of(pid)).isEmpty();
    } finally {
      shell.destroyForcibly().waitFor();
    }
  }

  @Test
  void endedProcessIsDead() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    var identity = ProcessIdentity.of(process.pid()).orElseThrow();

    process.destroyForcibly();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    awaitDeath(identity);
  }

  @Test
  void nameIsReadBack() {
    assertThat(ProcessIdentity.parse(self.toName())).isEqualTo(self);
    assertThat(ProcessIdentity.parse("effffffceffffffa-12-34"))
        .isEqualTo(new ProcessIdentity(0xeffffffceffffffaL, 12, 34));
    assertThat(ProcessIdentity.parse("12-34")).isNull();
    assertThat(ProcessIdentity.parse("x-12-34")).isNull();
  }

  private static void awaitDeath(ProcessIdentity process) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (process.isAlive()) {
      assertThat(System.nanoTime()).as("deadline for the death of " + process).isLessThan(deadline);
      Thread.sleep(1);
    }
  }
}
