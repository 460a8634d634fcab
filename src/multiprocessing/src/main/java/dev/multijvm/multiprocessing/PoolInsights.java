package dev.multijvm.multiprocessing;

import java.util.Map;

/// What a pool has done since it was opened, as of when it was asked.
///
/// Tasks are timed by sample, so that looking costs nothing that could be seen: the first thousand
/// or so of the pool, then about one in 64, whichever threads hand them over. A chunk of
/// [ProcessPool#map] is one task. The same samples are events of the JDK's Flight Recorder while it
/// records: `dev.multijvm.WorkerStart`, `WorkerLoss`, `TaskDispatch` and `TaskRun`.
///
/// @param transport how tasks travel
/// @param startMethod how workers were asked to start
/// @param starts how many workers were started in which manner: `spare`, `cached`, or `plain` with
///   the reason in brackets if there is one
/// @param restarts how many of them took the place of another
/// @param losses how many died without having been told to end, or were killed for their task
/// @param starting how long workers took from their start to being ready, initializer included
/// @param serializing how long it took to encode tasks
/// @param waiting how long tasks took from having been encoded to their result, without running:
///   for a worker, and on the way there and back
/// @param running how long tasks ran; for a chunk of several items, with the encoding of their
///   results
public record PoolInsights(
    Transport transport,
    StartMethod startMethod,
    Map<String, Integer> starts,
    int restarts,
    int losses,
    TimeHistogram starting,
    TimeHistogram serializing,
    TimeHistogram waiting,
    TimeHistogram running) {
  public PoolInsights {
    starts = Map.copyOf(starts);
  }
}
