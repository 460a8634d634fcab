/// A queue in shared memory: a chain of rings and who has taken what.
@NullMarked
package dev.multijvm.multiprocessing.internal.queue;

import org.jspecify.annotations.NullMarked;
