/// Rings of messages in memory that a pool and a worker both map.
@NullMarked
package dev.multijvm.multiprocessing.internal.ring;

import org.jspecify.annotations.NullMarked;
