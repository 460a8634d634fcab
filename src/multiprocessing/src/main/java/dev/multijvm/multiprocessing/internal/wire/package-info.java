/// How values, functions and messages become bytes and come back.
@NullMarked
package dev.multijvm.multiprocessing.internal.wire;

import org.jspecify.annotations.NullMarked;
