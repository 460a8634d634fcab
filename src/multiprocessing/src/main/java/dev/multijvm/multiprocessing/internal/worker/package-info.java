/// The child's side of a pool: what runs in a worker process.
@NullMarked
package dev.multijvm.multiprocessing.internal.worker;

import org.jspecify.annotations.NullMarked;
