/// Files that several processes map, who they are, and how they lock and wait.
@NullMarked
package dev.multijvm.multiprocessing.internal.shared;

import org.jspecify.annotations.NullMarked;
