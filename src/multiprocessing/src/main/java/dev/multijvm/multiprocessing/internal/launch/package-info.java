/// How a child JVM is started, heard, watched and buried.
@NullMarked
package dev.multijvm.multiprocessing.internal.launch;

import org.jspecify.annotations.NullMarked;
