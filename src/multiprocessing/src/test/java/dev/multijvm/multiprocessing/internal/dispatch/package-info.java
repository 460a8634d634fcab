/// The pool's side, piece by piece.
@NullMarked
package dev.multijvm.multiprocessing.internal.dispatch;

import org.jspecify.annotations.NullMarked;
