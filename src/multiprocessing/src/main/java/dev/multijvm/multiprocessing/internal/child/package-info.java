/// What runs in a child process that was started for one task.
@NullMarked
package dev.multijvm.multiprocessing.internal.child;

import org.jspecify.annotations.NullMarked;
