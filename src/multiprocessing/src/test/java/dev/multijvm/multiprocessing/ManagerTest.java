package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.connection.Child;
import dev.multijvm.multiprocessing.internal.manager.CounterProxy;
import dev.multijvm.multiprocessing.internal.manager.RemoteObject;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class ManagerTest {
  private Manager manager;

  ManagerTest() {
    manager = Manager.start();
  }

  @BeforeAll
  void isAlive() {
    assertThat(ProcessHandle.of(manager.pid())).isPresent();
  }

  /// Can be read in the manager only.
  private static final class Homebound implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long maker = ProcessHandle.current().pid();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      if (maker == ProcessHandle.current().pid()) {
        throw new InterruptedIOException("not here");
      }
    }
  }

  @Test
  void resultThatCannotBeReadIsNotTheEndOfTheManager() {
    List<Object> list = manager.list();
    list.add(new Homebound());

    assertThatThrownBy(() -> list.get(0))
        .isInstanceOf(MultiprocessingException.class)
        .hasMessageContaining("cannot be read")
        .hasRootCauseMessage("not here");
    assertThat(list).hasSize(1);
  }

  @AfterAll
  void leavesNothing() throws IOException {
    manager.close();
    manager.close();

    assertThat(ProcessHandle.of(manager.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    try (var files = Files.list(Scratch.directory())) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("manager"));
    }
  }

  @Test
  void mapKeepsTheContractOfConcurrentMap() {
    var map = manager.<String, Integer>map();

    assertThat(map.put("a", 1)).isNull();
    assertThat(map.put("a", 2)).isEqualTo(1);
    assertThat(map.putIfAbsent("a", 3)).isEqualTo(2);
    assertThat(map.putIfAbsent("b", 3)).isNull();
    assertThat(map.replace("c", 1)).isNull();
    assertThat(map.replace("b", 2, 4)).isFalse();
    assertThat(map.replace("b", 3, 4)).isTrue();
    assertThat(map.remove("b", 3)).isFalse();
    assertThat(map).containsOnly(Map.entry("a", 2), Map.entry("b", 4)).hasSize(2);
    assertThat(map.getOrDefault("z", 9)).isEqualTo(9);
    assertThat(map.containsValue(4)).isTrue();
    assertThat(map.remove("b")).isEqualTo(4);
    map.putAll(Map.of("x", 7, "y", 8));
    assertThat(map.keySet()).containsOnly("a", "x", "y");
    assertThat(map).isEqualTo(Map.of("a", 2, "x", 7, "y", 8));
    assertThat(map.toString()).contains("a=2", "x=7");
    map.clear();
    assertThat(map).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> map.get(null));
    assertThatNullPointerException().isThrownBy(() -> map.merge("absent", 1, null));
    assertThatNullPointerException().isThrownBy(() -> map.computeIfPresent("absent", null));
  }

  @Test
  void functionsOfAMapRunThereIfTheyCanAndHereIfNot() {
    var map = manager.<String, Long>map();
    var here = new ArrayList<String>();

    map.compute(
        "where", (BiFunction<String, Long, Long> & Serializable) (_, _) -> CurrentPid.get());
    assertThat(map.get("where")).isEqualTo(manager.pid());
    map.compute(
        "where",
        (key, _) -> {
          here.add(key);
          return CurrentPid.get();
        });
    assertThat(map.get("where")).isEqualTo(ProcessHandle.current().pid());
    assertThat(here).containsExactly("where");

    assertThat(map.computeIfAbsent("two", _ -> 2L)).isEqualTo(2);
    assertThat(map.merge("two", 3L, Long::sum)).isEqualTo(5);
    assertThat(map.computeIfPresent("two", (_, _) -> null)).isNull();
    assertThat(map).containsOnlyKeys("where");
    map.replaceAll((_, _) -> 0L);
    assertThat(map.get("where")).isZero();
  }

  @Test
  void viewsOfAMapWalkOverACopyAndWriteThrough() {
    var map = manager.<String, Integer>map();
    map.putAll(Map.of("a", 1, "b", 2, "c", 3));

    for (var entry : map.entrySet()) {
      entry.setValue(entry.getValue() * 10);
      map.put("later", 0);
    }
    map.keySet().remove("a");
    map.values().removeIf(value -> value == 20);

    assertThat(map).containsOnly(Map.entry("c", 30), Map.entry("later", 0));
    map.entrySet().clear();
    assertThat(map).isEmpty();
  }

  @Test
  void viewsOfAMapRemoveNoValueThatTheyHaveNotSeen() {
    var map = manager.<String, Integer>map();
    map.putAll(Map.of("a", 1, "b", 2, "c", 3));

    map.entrySet().removeIf(entry -> entry.getKey().equals("a") && map.put("a", 10) != null);
    map.values().removeIf(value -> value == 2 && map.put("b", 20) != null);
    assertThat(map).isEqualTo(Map.of("a", 10, "b", 20, "c", 3));
    map.keySet().removeIf(key -> key.equals("c") && map.put("c", 30) != null);
    assertThat(map).isEqualTo(Map.of("a", 10, "b", 20));
    assertThat(map.entrySet().remove(Map.entry("a", 1))).isFalse();
    assertThat(map.entrySet().remove(Map.entry("a", 10))).isTrue();
    assertThat(map.keySet().remove("b")).isTrue();
    assertThat(map.keySet().remove("b")).isFalse();
    assertThat(map).isEmpty();

    var arrays = manager.<String, int[]>map();
    arrays.put("a", new int[] {1});
    arrays.values().removeIf(array -> array[0] == 1);
    assertThat(arrays).isEmpty();
  }

  @Test
  void listKeepsTheContractOfList() {
    var list = manager.<String>list();

    assertThat(list.add("b")).isTrue();
    list.add(0, "a");
    list.addAll(List.of("c", "d"));
    list.addAll(1, Arrays.asList("e", null));
    assertThat(list).containsExactly("a", "e", null, "b", "c", "d");
    assertThat(list.set(1, "f")).isEqualTo("e");
    assertThat(list.remove(0)).isEqualTo("a");
    assertThat(list.remove("d")).isTrue();
    assertThat(list.indexOf(null)).isEqualTo(1);
    assertThat(list.contains("c")).isTrue();
    assertThat(list.subList(2, 4)).containsExactly("b", "c");
    assertThat(list).isEqualTo(Arrays.asList("f", null, "b", "c"));
    assertThat(list.removeAll(List.of("f"))).isTrue();
    assertThat(list.removeIf((Predicate<String> & Serializable) element -> element == null))
        .isTrue();
    list.replaceAll((java.util.function.UnaryOperator<String> & Serializable) String::toUpperCase);
    list.sort(java.util.Comparator.reverseOrder());
    assertThat(list.stream().toList()).containsExactly("C", "B");
    list.clear();
    assertThat(list).isEmpty();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(0));
    assertThatIllegalArgumentException().isThrownBy(() -> list.removeIf(element -> true));
  }

  @Test
  void sublistsAndIteratorsOfAListWriteThrough() {
    var list = manager.<String>list();
    list.addAll(List.of("a", "d", "c", "b", "e", "f"));

    list.subList(1, 4).sort(null);
    assertThat(list).containsExactly("a", "b", "c", "d", "e", "f");
    list.subList(4, 6).replaceAll(String::toUpperCase);
    list.subList(0, 3).removeIf(element -> element.equals("b"));
    assertThat(list).containsExactly("a", "c", "d", "E", "F");
    list.subList(1, 3).clear();
    assertThat(list).containsExactly("a", "E", "F");

    var walk = list.listIterator(3);
    assertThat(walk.previous()).isEqualTo("F");
    walk.set("f");
    assertThat(walk.previous()).isEqualTo("E");
    walk.remove();
    walk.add("e");
    assertThat(walk.next()).isEqualTo("f");
    assertThat(list).containsExactly("a", "e", "f");
    assertThat(list.reversed()).containsExactly("f", "e", "a");
  }

  @Test
  void elementsAtBothEndsAreTakenInOneCall() throws Exception {
    var list = manager.<Integer>list();
    list.addAll(IntStream.range(0, 400).boxed().toList());
    assertThat(list.getFirst()).isZero();
    assertThat(list.getLast()).isEqualTo(399);
    assertThat(list.containsAll(List.of(7, 300))).isTrue();
    assertThat(list.containsAll(List.of(7, 400))).isFalse();

    var taken = new ConcurrentLinkedQueue<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var takers = new ArrayList<Future<?>>();
      for (var i = 0; i < 8; i++) {
        Supplier<Integer> end = i % 2 == 0 ? list::removeFirst : list::removeLast;
        takers.add(
            threads.submit(() -> {
              while (true) {
                taken.add(end.get());
              }
            }));
      }
      for (var taker : takers) {
        assertThat(taker)
            .failsWithin(Duration.ofSeconds(30))
            .withThrowableThat()
            .withCauseExactlyInstanceOf(NoSuchElementException.class);
      }
    }

    assertThat(taken).hasSize(400).doesNotHaveDuplicates();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(list::getFirst);
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(list::getLast);
  }

  @Test
  void counterCountsTheCallsOfManyProcesses() throws Exception {
    var counter = manager.counter();
    try (var one = Child.start(() -> Counting.thousandTimes(counter));
        var other = Child.start(() -> Counting.thousandTimes(counter))) {
      one.awaitSuccess();
      other.awaitSuccess();
    }

    assertThat(counter.get()).isEqualTo(2000);
    assertThat(counter.compareAndSet(1, 2)).isFalse();
    assertThat(counter.compareAndSet(2000, 5)).isTrue();
    assertThat(counter.getAndSet(7)).isEqualTo(5);
    assertThat(counter.decrementAndGet()).isEqualTo(6);
    counter.set(1);
    assertThat(counter).hasToString("1");
  }

  @Test
  void proxiesTravelInsideMessagesAndValues() throws Exception {
    var map = manager.<String, List<Integer>>map();
    var list = manager.<Integer>list();
    map.put("list", list);

    try (var child = Child.start(() -> map.get("list").add(42))) {
      child.awaitSuccess();
    }

    assertThat(list).containsExactly(42);
  }

  @Test
  void mergeWithAPlainFunctionLosesNothing() throws Exception {
    var map = manager.<String, Integer>map();
    try (var one = Child.start(() -> Counting.mergeHundredTimes(map));
        var other = Child.start(() -> Counting.mergeHundredTimes(map))) {
      one.awaitSuccess();
      other.awaitSuccess();
    }

    assertThat(map.get("count")).isEqualTo(200);
  }

  @Test
  void plainFunctionIsRefusedWhereItWouldBeRetriedForEver() {
    ConcurrentMap<String, int[]> map = manager.map();
    map.put("a", new int[] {1});
    BiFunction<Object, int[], int[]> more = (_, old) -> new int[] {old[0] + 1};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.compute("a", more))
        .withMessageContaining("values of int[] do not equal their copies");
    assertThatIllegalArgumentException().isThrownBy(() -> map.computeIfPresent("a", more));
    assertThatIllegalArgumentException().isThrownBy(() -> map.replaceAll(more));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.merge("a", new int[] {1}, (_, value) -> value));
    assertThat(map.compute("b", (_, _) -> new int[] {2})).containsExactly(2);
  }

  @Test
  void plainFunctionMayChangeWhatItIsGiven() {
    ConcurrentMap<String, List<Integer>> map = manager.map();
    map.put("a", new ArrayList<>(List.of(1)));
    var calls = new AtomicInteger();
    BiFunction<Object, List<Integer>, List<Integer>> more =
        (_, list) -> {
          assertThat(calls.incrementAndGet()).as("retried for ever").isLessThan(10);
          list.add(2);
          return list;
        };

    assertThat(map.compute("a", more)).containsExactly(1, 2);
    assertThat(map.computeIfPresent("a", more)).containsExactly(1, 2, 2);
    assertThat(map.merge("a", List.of(3), (old, _) -> more.apply("a", old)))
        .containsExactly(1, 2, 2, 2);
    map.replaceAll(more);

    assertThat(map.get("a")).containsExactly(1, 2, 2, 2, 2);
    assertThat(calls).hasValue(4);
  }

  @Test
  void functionThatFailsLeavesTheValueAsItWas() {
    ConcurrentMap<String, List<Integer>> map = manager.map();
    map.put("a", new ArrayList<>(List.of(1)));
    var half =
        (BiFunction<Object, List<Integer>, List<Integer>> & Serializable)
            (_, list) -> {
              list.add(2);
              throw new IllegalStateException("half way");
            };
    var halfMerge =
        (BinaryOperator<List<Integer>> & Serializable) (list, _) -> half.apply("a", list);

    assertThatIllegalStateException().isThrownBy(() -> map.compute("a", half));
    assertThatIllegalStateException().isThrownBy(() -> map.computeIfPresent("a", half));
    assertThatIllegalStateException().isThrownBy(() -> map.replaceAll(half));
    assertThatIllegalStateException().isThrownBy(() -> map.merge("a", List.of(3), halfMerge));

    assertThat(map.get("a")).containsExactly(1);
  }

  @Test
  void elementOnItsWayIsNotChangedByAFunction() throws Exception {
    List<List<Integer>> list = manager.list();
    list.add(new ArrayList<>(Collections.nCopies(20_000, 0)));
    var more =
        (UnaryOperator<List<Integer>> & Serializable)
            numbers -> {
              numbers.replaceAll(number -> number + 1);
              return numbers;
            };

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var changing =
          threads.submit(() -> {
            for (var i = 0; i < 50; i++) {
              list.replaceAll(more);
            }
          });
      while (!changing.isDone()) {
        assertThat(Set.copyOf(list.get(0))).hasSize(1);
      }
      changing.get(30, SECONDS);
    }
  }

  @Test
  void whatCannotBeSerializedIsRefused() {
    var list = manager.<Object>list();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> list.add(new Object()))
        .withMessageContaining("java.lang.Object");
    assertThat(list).isEmpty();
  }

  @Test
  void interruptedThreadFinishesItsCallAndKeepsItsStatus() {
    var counter = manager.counter();

    Thread.currentThread().interrupt();
    assertThat(counter.incrementAndGet()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(counter.get()).isEqualTo(1);
  }

  @Test
  void aThousandVirtualThreadsCallAtOnce() throws Exception {
    var counter = manager.counter();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<?>>();
      for (var i = 0; i < 1000; i++) {
        calls.add(threads.submit(counter::incrementAndGet));
      }
      for (var call : calls) {
        call.get(30, SECONDS);
      }
    }

    assertThat(counter.get()).isEqualTo(1000);
  }

  @Test
  void functionMayInterruptItsThread() {
    ConcurrentMap<String, Integer> map = manager.map();
    var interrupting =
        (BiFunction<String, Integer, Integer> & Serializable)
            (_, _) -> {
              Thread.currentThread().interrupt();
              return 1;
            };

    assertThat(map.compute("a", interrupting)).isEqualTo(1);
    assertThat(map.compute("a", interrupting)).isEqualTo(1);
  }

  @Test
  void connectionThatEndsIsNotTheEndOfTheManager() throws Exception {
    var key = new byte[32];
    try (var door = Listener.local(key)) {
      var hangingUp =
          new FutureTask<>(() -> {
            try (var caller = door.accept()) {
              return caller.receiveBytes();
            }
          });
      Thread.startVirtualThread(hangingUp);
      var here = ProcessHandle.current().pid();
      var remote =
          new RemoteObject(door.address().toString(), HexFormat.of().formatHex(key), here, 1);

      assertThatExceptionOfType(MultiprocessingException.class)
          .isThrownBy(() -> new CounterProxy(remote).get())
          .withMessageContaining("process " + here + " has failed, and what it did is unknown");
      assertThat(hangingUp.get(30, SECONDS)).isNotEmpty();
    }
  }

  @Test
  void callsToAKilledManagerNameItsProcess() throws Exception {
    try (var doomed = Manager.start()) {
      var map = doomed.<String, String>map();
      map.put("a", "b");
      var process = ProcessHandle.of(doomed.pid()).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(30, SECONDS);

      for (var i = 0; i < 3; i++) {
        assertThatExceptionOfType(MultiprocessingException.class)
            .isThrownBy(() -> map.get("a"))
            .withMessageContaining("process " + doomed.pid() + " has ended");
      }
    }
  }

  @Test
  void connectionsToAManagerEndWithIt() throws Exception {
    var leftovers = Leftovers.sinceNow();

    try (var brief = Manager.start()) {
      assertThat(brief.counter().incrementAndGet()).isEqualTo(1);
    }

    leftovers.assertNone();
  }

  @Test
  void connectionsToAManagerOfAnotherProcessAreGoneWithTheNextOne() throws Exception {
    try (var other = Manager.start();
        var pool = ProcessPool.open(1)) {
      int before;
      try (var one = Manager.start()) {
        var first = one.counter();
        pool.submit(() -> first.incrementAndGet()).get();
        before = pool.submit(() -> Counting.sockets()).get();
      }
      var second = other.counter();

      pool.submit(() -> second.incrementAndGet()).get();

      assertThat(pool.submit(() -> Counting.sockets()).get()).isEqualTo(before);
    }
  }

  @Test
  void managerEndsWithTheProcessThatStartedIt() throws Exception {
    try (var report = Pipe.open()) {
      var there = report.second();
      try (var creator = Child.start(() -> Counting.startManagerAndWait(there))) {
        var managerPid = report.first().receive(Long.class);
        var process = ProcessHandle.of(managerPid).orElseThrow();
        creator.kill();

        process.onExit().get(30, SECONDS);
      }
    }
  }

  /// What children do with proxies. Public, as what serializable lambdas call has to be.
  public static final class Counting {
    private Counting() {}

    public static int sockets() throws IOException {
      var count = 0;
      try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
        for (var link : links) {
          if (Files.isSymbolicLink(link)
              && Files.readSymbolicLink(link).toString().startsWith("socket:")) {
            count++;
          }
        }
      }
      return count;
    }

    public static void thousandTimes(Counter counter) {
      for (var i = 0; i < 1000; i++) {
        counter.incrementAndGet();
      }
    }

    public static void mergeHundredTimes(Map<String, Integer> map) {
      for (var i = 0; i < 100; i++) {
        map.merge("count", 1, Integer::sum);
      }
    }

    public static void startManagerAndWait(Connection report) throws IOException {
      try (var manager = Manager.start()) {
        report.send(manager.pid());
        report.receive();
      }
    }
  }

  /// The process that a function runs in.
  public static final class CurrentPid {
    private CurrentPid() {}

    public static long get() {
      return ProcessHandle.current().pid();
    }
  }
}
