package dev.multijvm.multiprocessing.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InheritedOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dcolour=dark blue",
        "-Djdk.serialFilter=!*",
        "-ea",
        "-ea:com.example...",
        "-esa",
        "-da",
        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--add-modules=java.sql",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-reads=a=b",
        "--enable-native-access=ALL-UNNAMED",
        "--enable-preview",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xss2m",
        "-Xint",
        "-XX:TieredStopAtLevel=1",
        "-XX:-TieredCompilation",
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+UseCountedLoopSafepoints",
        "-XX:ArchiveRelocationMode=0",
      })
  void whatChangesTheMeaningOrSpeedOfCodeGoesAlong(String option) {
    assertThat(InheritedOptions.of(List.of(option))).containsExactly(option);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
        "-Xrunjdwp:transport=dt_socket",
        "-Xdebug",
        "-agentpath:/opt/profiler.so",
        "-javaagent:coverage.jar",
        "-Dcom.sun.management.jmxremote.port=9010",
        "-Djava.rmi.server.hostname=example.com",
        "-Djava.class.path=x.jar",
        "-Djdk.module.main=app",
        "-Xmx4g",
        "-Xms4g",
        "-XX:MaxRAMPercentage=80",
        "-XX:ActiveProcessorCount=8",
        "-XX:StartFlightRecording=duration=60s",
        "-XX:FlightRecorderOptions=stackdepth=128",
        "-XX:AOTCache=app.aot",
        "-XX:AOTCacheOutput=app.aot",
        "-XX:SharedArchiveFile=app.jsa",
        "-XX:ArchiveClassesAtExit=app.jsa",
        "-Xshare:off",
        "-Xlog:gc",
        "-XX:CompileCommandFile=hints",
        "-XX:+HeapDumpOnOutOfMemoryError",
      })
  void whatBelongsToOneProcessStays(String option) {
    assertThat(InheritedOptions.of(List.of(option))).isEmpty();
  }
}
