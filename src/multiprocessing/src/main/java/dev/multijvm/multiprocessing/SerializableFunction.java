package dev.multijvm.multiprocessing;

import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A [Function] that can travel to another process: a lambda of this type is serializable.
///
/// @param <T> the type of the argument, itself serializable
/// @param <R> the type of the result, itself serializable
@FunctionalInterface
public interface SerializableFunction<T extends @Nullable Object, R extends @Nullable Object>
    extends Function<T, R>, Serializable {}
