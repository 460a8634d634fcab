/// Sleeping until a word in shared memory changes.
@NullMarked
package dev.multijvm.multiprocessing.internal.futex;

import org.jspecify.annotations.NullMarked;
