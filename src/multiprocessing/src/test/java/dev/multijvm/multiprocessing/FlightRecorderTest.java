package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

@Timeout(60)
class FlightRecorderTest {
  private static final PoolOptions OPTIONS =
      PoolOptions.defaults().withWorkers(1).withStartMethod(StartMethod.PLAIN);

  @TempDir Path directory;

  @ParameterizedTest
  @EachTransport
  void flightRecorderGetsTheEventsOfWorkersAndTasks(Transport transport) throws Exception {
    var file = directory.resolve("pool.jfr");
    try (var recording = new Recording()) {
      recording.start();
      try (var pool = ProcessPool.open(OPTIONS.withTransport(transport))) {
        pool.submit(() -> 6 * 7).get(30, SECONDS);
        assertThatThrownBy(() -> pool.submit(() -> Runtime.getRuntime().halt(5)).get(30, SECONDS))
            .hasCauseInstanceOf(WorkerLostException.class);
      }
      recording.dump(file);
    }

    var events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("dev.multijvm."))
            .toList();
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .contains(
            "dev.multijvm.WorkerStart",
            "dev.multijvm.TaskDispatch",
            "dev.multijvm.TaskRun",
            "dev.multijvm.WorkerLoss");
    var loss = only(events, "dev.multijvm.WorkerLoss");
    assertThat(loss.getString("end")).contains("exit 5");
    assertThat(loss.getInt("tasks")).isOne();
    assertThat(only(events, "dev.multijvm.TaskRun").getLong("pid")).isEqualTo(loss.getLong("pid"));
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    var found = events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }
}
