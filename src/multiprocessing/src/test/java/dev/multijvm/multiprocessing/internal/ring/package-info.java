/// Rings between two real processes.
@NullMarked
package dev.multijvm.multiprocessing.internal.ring;

import org.jspecify.annotations.NullMarked;
