/// The programs of five multiprocessing tutorials, one class each.
@NullMarked
package dev.multijvm.examples;

import org.jspecify.annotations.NullMarked;
