package dev.multijvm.multiprocessing;

import java.io.Serializable;

/// A [Runnable] that can travel to another process: a lambda of this type is serializable.
@FunctionalInterface
public interface SerializableRunnable extends Runnable, Serializable {}
