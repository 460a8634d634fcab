package dev.multijvm.benchmarks.machine;

import org.jspecify.annotations.Nullable;

/// What the machine did besides our work in a span of time; `null` is what could not be found out.
///
/// @param stealPercent of all processors' time, taken by the hypervisor
/// @param foreignPercent of all processors' time, used by processes that are not ours
/// @param load1 the kernel's load average over a minute, at the end
/// @param pressureSomePercent of the time in which somebody waited for a processor
/// @param throttledMillis for which our control group was kept from running
public record MachineUse(
    @Nullable Double stealPercent,
    @Nullable Double foreignPercent,
    @Nullable Double load1,
    @Nullable Double pressureSomePercent,
    @Nullable Double throttledMillis) {}
