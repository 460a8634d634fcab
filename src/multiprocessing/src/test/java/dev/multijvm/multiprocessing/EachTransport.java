package dev.multijvm.multiprocessing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs parameterized tests by shared memory, then by a socket.
@EnumSource(
    value = Transport.class,
    names = {"SHARED_MEMORY", "SOCKET"})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface EachTransport {}
