@NullMarked
package dev.multijvm.multiprocessing.internal.connection;

import org.jspecify.annotations.NullMarked;
