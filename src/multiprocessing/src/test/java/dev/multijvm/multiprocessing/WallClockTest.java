package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The wall clock may be stepped at any time, so that nothing may wait by it: the library's
/// compiled classes are read for whoever asks for the time of day, or waits until one.
class WallClockTest {
  /// Those that may, because of what they compare it with.
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          // Gets a time of day, as its interface wants, and makes a duration of it at once.
          "dev/multijvm/multiprocessing/SharedCondition",
          Set.of("java/time/Instant.now"),
          // Tells a crash file of this child from an older one by the time of the file.
          "dev/multijvm/multiprocessing/internal/launch/ChildJvm",
          Set.of("java/lang/System.currentTimeMillis"),
          // Tells the bearers of one pid apart where there is no `/proc`; waits for nothing.
          "dev/multijvm/multiprocessing/internal/proc/ProcessIdentity",
          Set.of("java/lang/ProcessHandle$Info.startInstant"),
          // Notes when a cache was last used, for whoever throws the oldest away.
          "dev/multijvm/multiprocessing/internal/start/CacheDirectory",
          Set.of("java/time/Instant.now"),
          // Compares it with the times of files; a wait is two seconds at most, and relative.
          "dev/multijvm/multiprocessing/internal/start/Training",
          Set.of("java/lang/System.currentTimeMillis"));

  private static final Set<String> NAMES =
      Set.of("currentTimeMillis", "now", "dateNow", "awaitUntil", "parkUntil", "startInstant");

  private static final Set<String> OWNERS =
      Set.of(
          "java/time/Clock",
          "java/time/InstantSource",
          "java/util/Calendar",
          "java/util/GregorianCalendar",
          "java/util/Timer");

  @Test
  void nothingWaitsByTheWallClock() throws Exception {
    var classes =
        Path.of(ProcessPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    var users = new TreeMap<String, Set<String>>();
    try (var files = Files.walk(classes)) {
      for (var file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
        var model = ClassFile.of().parse(file);
        var uses = usesOfTheWallClock(model);
        if (!uses.isEmpty()) {
          users.put(model.thisClass().asInternalName(), uses);
        }
      }
    }

    assertThat(users).isEqualTo(ALLOWED);
  }

  /// What the class calls or refers to, found in its constants.
  private static Set<String> usesOfTheWallClock(ClassModel model) {
    var uses = new TreeSet<String>();
    for (var constant : model.constantPool()) {
      if (constant instanceof MemberRefEntry member && tellsTheTimeOfDay(member)) {
        uses.add(member.owner().asInternalName() + "." + member.name().stringValue());
      }
    }
    return uses;
  }

  private static boolean tellsTheTimeOfDay(MemberRefEntry member) {
    var owner = member.owner().asInternalName();
    boolean isNewDate = owner.equals("java/util/Date") && member.type().equalsString("()V");
    return isNewDate || OWNERS.contains(owner) || NAMES.contains(member.name().stringValue());
  }
}
