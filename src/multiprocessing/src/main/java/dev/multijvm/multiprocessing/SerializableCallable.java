package dev.multijvm.multiprocessing;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A [Callable] that can travel to another process: a lambda of this type is serializable.
///
/// @param <T> the type of the result, itself serializable
@FunctionalInterface
public interface SerializableCallable<T extends @Nullable Object>
    extends Callable<T>, Serializable {}
