package dev.multijvm.multiprocessing.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParticipantsTest {

  private static final int SLOT_SIZE = 16;

  private Path file;
  private MemorySegment table;

  @BeforeEach
  void make() throws IOException {
    file = Participants.create();
    table = MappedFiles.map(file, Arena.ofAuto());
  }

  @AfterEach
  void remove() throws IOException {
    Files.delete(file);
  }

  @Test
  void everybodyGetsATicketOfTheirOwnAndIsAlive() throws IOException {
    var one = new Participants(file);
    var two = new Participants(file);

    assertThat(one.ticket()).isPositive().isNotEqualTo(two.ticket());
    assertThat(Participants.slotOf(one.ticket())).isEqualTo(1);
    assertThat(Participants.slotOf(two.ticket())).isEqualTo(2);
    assertThat(two.isDead(one.ticket())).isFalse();
    assertThat(two.isDead(two.ticket())).isFalse();
    assertThat(two.pidOf(one.ticket())).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void processThatAsksTwiceKeepsItsTicket() throws IOException {
    assertThat(Participants.joined(file)).isSameAs(Participants.joined(file));
  }

  @Test
  void pidThatWasUsedAgainIsNotTheOwner() throws IOException {
    var one = new Participants(file);
    var two = new Participants(file);

    forge(1, ProcessIdentity.current().pid(), ProcessIdentity.current().startTicks() + 1);

    assertThat(two.isDead(one.ticket())).isTrue();
  }

  @Test
  void absentProcessIsDead() throws IOException {
    var one = new Participants(file);
    var two = new Participants(file);

    forge(1, (1 << 22) - 1, 1);

    assertThat(two.isDead(one.ticket())).isTrue();
  }

  @Test
  void ticketOfADeadProcessStaysDeadWhenItsSlotIsUsedAgain() throws IOException {
    var dead = new Participants(file);
    forge(1, (1 << 22) - 1, 1);
    for (var slot = 2; slot < Participants.ABANDONED; slot++) {
      forge(slot, ProcessIdentity.current().pid(), ProcessIdentity.current().startTicks());
    }

    var heir = new Participants(file);

    assertThat(Participants.slotOf(heir.ticket())).isEqualTo(1);
    assertThat(heir.ticket()).isNotEqualTo(dead.ticket());
    assertThat(heir.isDead(dead.ticket())).isTrue();
    assertThat(dead.isDead(heir.ticket())).isFalse();
  }

  @Test
  void ticketIsNeverZeroWhenTheGenerationsStartAgain() throws IOException {
    table.set(ValueLayout.JAVA_INT, SLOT_SIZE + 8, -1);

    var one = new Participants(file);

    assertThat(one.ticket()).isPositive();
    assertThat(one.isDead(one.ticket())).isFalse();
  }

  @Test
  void abandonedTicketIsDead() throws IOException {
    assertThat(new Participants(file).isDead(Participants.ABANDONED)).isTrue();
  }

  @Test
  void fullTableIsAnException() throws IOException {
    for (var slot = 1; slot < Participants.ABANDONED; slot++) {
      forge(slot, ProcessIdentity.current().pid(), ProcessIdentity.current().startTicks());
    }

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new Participants(file))
        .withMessage("more than 1022 processes share the files of one");
  }

  @Test
  void manyWhoJoinAtOnceAllGetDifferentTickets() throws Exception {
    var joins = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 300; i++) {
      joins.add(() -> new Participants(file).ticket());
    }

    try (var threads = Executors.newFixedThreadPool(16)) {
      var tickets = new ArrayList<Integer>();
      for (var ticket : threads.invokeAll(joins)) {
        tickets.add(ticket.get());
      }
      assertThat(tickets).doesNotHaveDuplicates().hasSize(300);
    }
  }

  private void forge(int slot, long pid, long startTicks) {
    table.set(ValueLayout.JAVA_LONG, (long) slot * SLOT_SIZE, pid << 42 | startTicks);
  }
}
