/// Messages between processes over sockets: lines, frames, the handshake, and pipes whose ends
/// move.
@NullMarked
package dev.multijvm.multiprocessing.internal.connection;

import org.jspecify.annotations.NullMarked;
