/// Which process is it, and is it still alive?
@NullMarked
package dev.multijvm.multiprocessing.internal.proc;

import org.jspecify.annotations.NullMarked;
