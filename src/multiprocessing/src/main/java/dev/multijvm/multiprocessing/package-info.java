/// Child JVMs, a pool of them that is an `ExecutorService`, and what they share.
@NullMarked
package dev.multijvm.multiprocessing;

import org.jspecify.annotations.NullMarked;
