package dev.multijvm.multiprocessing.internal.dispatch;

/// A function that many tasks refer to by number: sent once to each worker that needs it.
///
/// @param encoded as of the call that made it
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharedFunction(long number, byte[] encoded) {}
