package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.SequentialDesign;
import dev.multijvm.statistics.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a comparison found.
///
/// @param notShared what was left out because only one side has it, a line each
/// @param disturbed how many pairs were measured again because others used the machine
/// @param tolerance beyond which they were
/// @param seed of the order of the slots
record Outcome(
    Sides sides,
    SequentialDesign design,
    List<Contest> contests,
    List<String> notShared,
    Ending ending,
    int disturbed,
    Tolerance tolerance,
    Instant started,
    long seed) {
  /// The answer with its exit status.
  enum Answer {
    NOT_SLOWER(0),
    SLOWER(1),
    CANNOT_TELL(2),
    NOT_VALID(3);

    private final int exitStatus;

    Answer(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    int exitStatus() {
      return exitStatus;
    }
  }

  Outcome {
    contests = List.copyOf(contests);
    notShared = List.copyOf(notShared);
  }

  /// A confirmed slowdown counts even if other cases remain open; one open case keeps "not slower"
  /// from being said.
  Answer answer() {
    if (ending instanceof Ending.NotValid) {
      return Answer.NOT_VALID;
    }
    if (contests.stream().anyMatch(contest -> answer(contest.verdict()) == Answer.SLOWER)) {
      return Answer.SLOWER;
    }
    return contests.stream().allMatch(contest -> answer(contest.verdict()) == Answer.NOT_SLOWER)
        ? Answer.NOT_SLOWER
        : Answer.CANNOT_TELL;
  }

  private static Answer answer(Optional<Verdict> verdict) {
    return verdict
        .map(known ->
            switch (known) {
              case Verdict.Regressed _ -> Answer.SLOWER;
              case Verdict.Same _, Verdict.Improved _ -> Answer.NOT_SLOWER;
              case Verdict.Inconclusive _ -> Answer.CANNOT_TELL;
            })
        .orElse(Answer.CANNOT_TELL);
  }
}
