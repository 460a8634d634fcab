package dev.multijvm.multiprocessing;

import java.io.Serializable;

/// A [Runnable] that can travel to another process: a lambda of this type is serializable.
///
/// As any `Runnable` it cannot throw checked exceptions. Given to a pool, a lambda whose block ends
/// with `return null;` is a [SerializableCallable], which can; in a child, catch them.
@FunctionalInterface
public interface SerializableRunnable extends Runnable, Serializable {}
