/// Child JVMs, started for real.
@NullMarked
package dev.multijvm.multiprocessing.internal.launch;

import org.jspecify.annotations.NullMarked;
