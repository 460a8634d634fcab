/// The parent's side of a pool: which worker gets which task, and what happens when one dies.
@NullMarked
package dev.multijvm.multiprocessing.internal.dispatch;

import org.jspecify.annotations.NullMarked;
