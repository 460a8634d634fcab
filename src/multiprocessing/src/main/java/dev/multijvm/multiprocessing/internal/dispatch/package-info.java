/// The parent's side of a pool. `Pool` puts it together. `Dispatcher` brings the tasks of the
/// `Backlog` to the workers of the `Crew`, at the `Pace` of the last ones; `Lifecycle` starts and
/// replaces workers. Each `Worker` is reached by its `Channel`.
@NullMarked
package dev.multijvm.multiprocessing.internal.dispatch;

import org.jspecify.annotations.NullMarked;
