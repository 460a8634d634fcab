package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.FairJvm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// How a suite measures unless a case says otherwise: single shots in milliseconds, one before the
/// clock counts, after the warm-up of each JVM, and three that count, in one fork whose flags are
/// the workers' own.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {
      FairJvm.COLLECTOR,
      FairJvm.COMPILERS,
      FairJvm.UNSAFE,
      FairJvm.NATIVE,
      FairJvm.EXIT,
      FairJvm.NO_TRAINING
    })
abstract class Suite {}
