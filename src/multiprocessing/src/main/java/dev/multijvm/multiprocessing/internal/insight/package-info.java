/// What a pool notes about its own work, for whoever asks and for the Flight Recorder.
@NullMarked
package dev.multijvm.multiprocessing.internal.insight;

import org.jspecify.annotations.NullMarked;
