/// The private directory of this JVM, in memory where possible.
@NullMarked
package dev.multijvm.multiprocessing.internal.scratch;

import org.jspecify.annotations.NullMarked;
