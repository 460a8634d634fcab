package dev.multijvm.benchmarks.workload;

import java.io.Serializable;
import java.util.concurrent.Callable;

/// A pure piece of work with a known answer: the same object runs in the caller, on a thread and in
/// another process.
///
/// Implementations are records, so that they travel by value and print their size. A run's answer
/// is compared with [#answer()] outside the clock.
public interface Workload extends Callable<Long>, Serializable {

  /// Returns the name of the code that runs, for example `counting-loop`.
  String kernel();

  /// Returns the version of the code that runs. Whoever changes what [#call()] executes raises it,
  /// because times of different code must never meet under one name.
  int version();

  /// Returns what [#call()] must return, found by another road than by doing the work.
  long answer();
}
