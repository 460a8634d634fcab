package dev.multijvm.multiprocessing.internal.shared;

import dev.multijvm.multiprocessing.internal.proc.ProcessIdentity;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/// What this process shares with itself: a file that it maps a second time, as another participant.
public final class Apart {
  private static final long SLOT_SIZE = 16;

  private Apart() {}

  /// Maps `file` again, with a ticket of its own.
  public static SharedFile open(SharedFile file) throws IOException {
    return SharedFile.openApart(file.kind(), file.path());
  }

  /// Makes it seem that the participant behind `apart` has ended and another process has its pid.
  public static void givePidToAnotherProcess(SharedFile apart) throws IOException {
    var mine = ProcessIdentity.current();
    var other = new ProcessIdentity(mine.place(), mine.pid(), mine.startTicks() + 1);
    var table = MappedFiles.map(apart.participantsFile(), Arena.ofAuto());
    table.set(
        ValueLayout.JAVA_LONG,
        Participants.slotOf(apart.participants().ticket()) * SLOT_SIZE,
        Participants.pack(other));
  }
}
