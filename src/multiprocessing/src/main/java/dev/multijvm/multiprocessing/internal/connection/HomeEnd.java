package dev.multijvm.multiprocessing.internal.connection;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// An end of a pipe in the process that made it.
final class HomeEnd extends PipeEnd {
  private static final long serialVersionUID = 1L;

  private final transient PipeHome home;

  HomeEnd(PipeHome home, int index, PipeDirections directions) {
    super(index, directions);
    this.home = home;
  }

  @Override
  @Nullable LineConnection connected(Deadline deadline) throws IOException {
    return home.connected(index(), deadline);
  }

  @Override
  void write(Frame.Kind kind, ByteBuffer message) throws IOException {
    var connection = home.connectedOrPosted(index(), kind, message);
    if (connection != null) {
      connection.write(kind, message);
    }
  }

  @Override
  PipeTicket ticket() throws NotSerializableException {
    try {
      return home.handOver(index(), directions());
    } catch (NotSerializableException e) {
      throw e;
    } catch (IOException e) {
      var failure = new NotSerializableException("an end of a pipe, because " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      home.close(index());
    } catch (IOException e) {
      throw new UncheckedIOException("closing an end of a pipe", e);
    }
    PipeEnds.forget(home.pipe(), index());
  }
}
