package dev.multijvm.multiprocessing.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A pool as [Dispatcher], [Crew], [Lifecycle] and the rings decide about it, without processes,
/// bytes and time: each step is one that nobody can come between, taken by the pool under its lock,
/// by a worker with one CAS, or by whoever kills workers.
///
/// A pool copies itself before each step, so that all orders of steps can be tried.
final class PoolModel {
  /// What no pool may do, seen on the way.
  static final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromiseException(String promise, Object pool) {
      super(promise + ": " + pool);
    }
  }

  /// @param workers how many there should be
  /// @param tasks how many are submitted
  /// @param tasksPerWorker after so many a worker is replaced
  /// @param ahead the most tasks that a worker may have
  /// @param deaths how many workers are killed
  record Setting(int workers, int tasks, int tasksPerWorker, int ahead, int deaths) {}

  private enum Status {
    QUEUED,
    STARTED,
    /// Its result is published, its record not yet consumed.
    DONE
  }

  /// The result that says that a worker has come to life.
  private static final int READY = -1;

  /// One record of the ring of tasks.
  private record Entry(int task, Status status) {}

  private static final class Member {
    Worker.Phase phase = Worker.Phase.STARTING;
    boolean isAlive = true;
    boolean hasBooted;
    boolean cameToLife;
    int accepted;

    /// What the pool believes it to have, in the order of sending.
    final List<Integer> inFlight = new ArrayList<>();

    /// In memory that both sides map.
    final List<Entry> ring = new ArrayList<>();

    final List<Integer> results = new ArrayList<>();

    Member copy() {
      var copy = new Member();
      copy.phase = phase;
      copy.isAlive = isAlive;
      copy.hasBooted = hasBooted;
      copy.cameToLife = cameToLife;
      copy.accepted = accepted;
      copy.inFlight.addAll(inFlight);
      copy.ring.addAll(ring);
      copy.results.addAll(results);
      return copy;
    }

    boolean isIdle() {
      return inFlight.isEmpty();
    }

    /// Whether it was told to end and has nothing, so that nobody asks who it is any more.
    boolean isLeaving() {
      return phase == Worker.Phase.ENDING && isIdle();
    }

    @Override
    public String toString() {
      if (isLeaving()) {
        return (isAlive ? "leaving " : "left ") + hasBooted + ring.size() + results.size();
      }
      return phase
          + (isAlive ? "" : " dead")
          + (hasBooted ? " booted " : " ")
          + (cameToLife ? "known " : "")
          + accepted
          + inFlight
          + ring
          + results;
    }
  }

  private final Setting setting;
  private final int[] starts;
  private final int[] ends;
  private final List<Integer> backlog = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private int submitted;
  private int killed;
  private int lost;
  private boolean isOpen = true;

  PoolModel(Setting setting) {
    this.setting = setting;
    starts = new int[setting.tasks()];
    ends = new int[setting.tasks()];
    for (int i = 0; i < setting.workers(); i++) {
      members.add(new Member());
    }
  }

  private PoolModel(PoolModel other) {
    setting = other.setting;
    starts = other.starts.clone();
    ends = other.ends.clone();
    backlog.addAll(other.backlog);
    other.members.forEach(member -> members.add(member.copy()));
    submitted = other.submitted;
    killed = other.killed;
    lost = other.lost;
    isOpen = other.isOpen;
  }

  /// All pools that one step makes of this one.
  List<PoolModel> next() {
    var next = new ArrayList<PoolModel>();
    add(next, isOpen && submitted < setting.tasks(), PoolModel::submit);
    add(next, isOpen, PoolModel::shutdown);
    add(next, missing() > 0, PoolModel::startMissing);
    for (int i = 0; i < members.size(); i++) {
      int at = i;
      var member = members.get(i);
      var first = member.ring.isEmpty() ? null : member.ring.getFirst().status();
      boolean works = member.isAlive && member.hasBooted;
      add(next, member.isAlive && !member.hasBooted, pool -> pool.boot(at));
      add(next, works && first == Status.QUEUED, pool -> pool.startFirst(at));
      add(next, works && first == Status.STARTED, pool -> pool.publishResult(at));
      add(next, works && first == Status.DONE, pool -> pool.consume(at));
      add(next, works && first == null && isToldToEnd(member), pool -> pool.end(at));
      add(next, member.isAlive && killed < setting.deaths(), pool -> pool.kill(at));
      add(next, !member.results.isEmpty(), pool -> pool.drain(at));
      add(next, !member.isAlive && member.results.isEmpty(), pool -> pool.judge(at));
    }
    return next;
  }

  private void add(List<PoolModel> next, boolean isPossible, Consumer<PoolModel> step) {
    if (isPossible) {
      var copy = new PoolModel(this);
      step.accept(copy);
      copy.check();
      next.add(copy);
    }
  }

  /// Whether all is over: nobody lives, nothing waits, each future is complete.
  boolean isOver() {
    for (int task = 0; task < submitted; task++) {
      if (ends[task] != 1) {
        return false;
      }
    }
    return !isOpen && members.isEmpty() && backlog.isEmpty();
  }

  private void check() {
    for (int task = 0; task < setting.tasks(); task++) {
      require(starts[task] <= 1, "a task starts at most once");
      require(ends[task] <= 1, "a future completes once");
      require(ends[task] == 0 || starts[task] == 1, "only what has started completes");
    }
    require(lost <= killed, "a death costs one task at most");
    require(onDuty() <= setting.workers(), "there are no more workers than places");
    require(
        members.stream().noneMatch(PoolModel::waitsForWork)
            || (backlog.isEmpty()
                && (hasResultsToRead() || members.stream().noneMatch(PoolModel::keepsTaskWaiting))),
        "no task waits while a worker is idle");
  }

  /// Whether the pool is about to decide again.
  private boolean hasResultsToRead() {
    return members.stream().anyMatch(member -> !member.results.isEmpty());
  }

  private static boolean keepsTaskWaiting(Member member) {
    return member.phase == Worker.Phase.STARTING
        && member.ring.stream().anyMatch(entry -> entry.status() == Status.QUEUED);
  }

  private static boolean waitsForWork(Member member) {
    return member.phase == Worker.Phase.READY && member.isIdle();
  }

  private void require(boolean holds, String promise) {
    if (!holds) {
      throw new BrokenPromiseException(promise, this);
    }
  }

  // What users do

  private void submit() {
    backlog.add(submitted++);
    assign();
  }

  private void shutdown() {
    isOpen = false;
    assign();
  }

  // What workers do

  private void boot(int at) {
    members.get(at).hasBooted = true;
    members.get(at).results.add(READY);
  }

  private void startFirst(int at) {
    var ring = members.get(at).ring;
    int task = ring.getFirst().task();
    ring.set(0, new Entry(task, Status.STARTED));
    starts[task]++;
  }

  private void publishResult(int at) {
    var member = members.get(at);
    int task = member.ring.getFirst().task();
    member.ring.set(0, new Entry(task, Status.DONE));
    member.results.add(task);
  }

  private void consume(int at) {
    members.get(at).ring.removeFirst();
  }

  private void end(int at) {
    members.get(at).isAlive = false;
  }

  private void kill(int at) {
    members.get(at).isAlive = false;
    killed++;
  }

  // What the pool does, under its lock

  private static boolean isToldToEnd(Member member) {
    return member.phase == Worker.Phase.ENDING;
  }

  private void drain(int at) {
    var member = members.get(at);
    int result = member.results.removeFirst();
    if (result == READY) {
      member.cameToLife = true;
      if (member.phase == Worker.Phase.STARTING) {
        member.phase = Worker.Phase.READY;
      }
    } else {
      member.inFlight.removeIf(task -> task == result);
      ends[result]++;
      if (retires(member) && member.isIdle()) {
        member.phase = Worker.Phase.ENDING;
      }
    }
    assign();
  }

  private void judge(int at) {
    var member = members.get(at);
    members.remove(member);
    for (int task : member.inFlight.reversed()) {
      boolean hadStarted =
          member.ring.stream()
              .anyMatch(entry -> entry.task() == task && entry.status() != Status.QUEUED);
      if (member.cameToLife && hadStarted) {
        ends[task]++;
        lost++;
      } else {
        backlog.addFirst(task);
      }
    }
    assign();
  }

  private void startMissing() {
    while (missing() > 0) {
      members.add(new Member());
    }
    assign();
  }

  private long missing() {
    long places = setting.workers() - onDuty();
    long takers = members.stream().filter(this::takesTasks).count();
    return isOpen ? places : Math.min(places, backlog.size() - takers);
  }

  private long onDuty() {
    return members.stream().filter(PoolModel::isOnDuty).count();
  }

  private static boolean isOnDuty(Member member) {
    return switch (member.phase) {
      case STARTING, READY -> true;
      case RETIRING, ENDING, DEAD -> false;
    };
  }

  private boolean takesTasks(Member member) {
    return switch (member.phase) {
      case STARTING, READY -> !retires(member);
      case RETIRING, ENDING, DEAD -> false;
    };
  }

  private boolean retires(Member member) {
    return switch (member.phase) {
      case STARTING, READY -> member.accepted >= setting.tasksPerWorker();
      case RETIRING -> true;
      case ENDING, DEAD -> false;
    };
  }

  private void assign() {
    boolean more = true;
    while (more) {
      while (!backlog.isEmpty() && sendFirst()) {
        backlog.removeFirst();
      }
      more = backlog.isEmpty() && takeBackForIdleWorker();
    }
    if (!isOpen && backlog.isEmpty()) {
      members.stream().filter(Member::isIdle).forEach(member -> member.phase = Worker.Phase.ENDING);
    }
  }

  private boolean sendFirst() {
    Member best = null;
    for (var member : members) {
      if (waitsForWork(member)) {
        best = member;
        break;
      }
      if (mayGetMore(member) && (best == null || member.inFlight.size() < best.inFlight.size())) {
        best = member;
      }
    }
    if (best == null) {
      return false;
    }
    best.inFlight.add(backlog.getFirst());
    best.ring.add(new Entry(backlog.getFirst(), Status.QUEUED));
    best.accepted++;
    return true;
  }

  private boolean mayGetMore(Member member) {
    return takesTasks(member)
        && (member.isIdle()
            || (member.phase == Worker.Phase.READY && member.inFlight.size() < setting.ahead()));
  }

  private boolean takeBackForIdleWorker() {
    if (members.stream().noneMatch(PoolModel::waitsForWork)) {
      return false;
    }
    Member busiest = null;
    for (var member : members) {
      if (mayHaveUnstarted(member) && (busiest == null || isBusier(member, busiest))) {
        busiest = member;
      }
    }
    if (busiest == null) {
      return false;
    }
    int most = (busiest.inFlight.size() + 1) / 2;
    int taken = 0;
    while (taken < most && withdrawLast(busiest)) {
      taken++;
    }
    return taken > 0;
  }

  private static boolean mayHaveUnstarted(Member member) {
    return member.inFlight.size() > (member.phase == Worker.Phase.STARTING ? 0 : 1);
  }

  private static boolean isBusier(Member member, Member other) {
    boolean isStarting = member.phase == Worker.Phase.STARTING;
    boolean isOtherStarting = other.phase == Worker.Phase.STARTING;
    return isStarting == isOtherStarting
        ? member.inFlight.size() > other.inFlight.size()
        : isStarting;
  }

  private boolean withdrawLast(Member member) {
    if (member.inFlight.isEmpty()) {
      return false;
    }
    var entry = new Entry(member.inFlight.getLast(), Status.QUEUED);
    if (!member.ring.remove(entry)) {
      return false;
    }
    backlog.addFirst(member.inFlight.removeLast());
    member.accepted--;
    return true;
  }

  /// All that decides about what can follow, so that two that are alike are the same text: where
  /// those who leave stand among the others does not.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int task = 0; task < submitted; task++) {
      text.append(starts[task]).append(ends[task]).append(' ');
    }
    return text.append(isOpen ? "open " : "shut ")
        .append(killed)
        .append(lost)
        .append(backlog)
        .append(members.stream().filter(member -> !member.isLeaving()).toList())
        .append(members.stream().filter(Member::isLeaving).map(Member::toString).sorted().toList())
        .toString();
  }
}
