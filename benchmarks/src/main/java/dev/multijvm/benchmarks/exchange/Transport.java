package dev.multijvm.benchmarks.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.multijvm.multiprocessing.ConnectionOptions;
import dev.multijvm.multiprocessing.Listener;
import dev.multijvm.multiprocessing.Pipe;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/// How messages travel.
public enum Transport {

  /// By reference, between threads only.
  QUEUE {
    @Override
    public Wire open(int messageBytes) {
      var line = ReferenceLine.open();
      return new Wire(line::turned, () -> line, List.of());
    }
  },

  /// By the library's `Pipe`.
  PIPE {
    @Override
    public Wire open(int messageBytes) {
      var pipe = Pipe.open();
      return new Wire(
          new ConnectionPlug(pipe.second()), new ConnectionPlug(pipe.first()), List.of(pipe));
    }
  },

  /// By the library's `Listener` at a Unix-domain socket.
  UNIX {
    @Override
    public Wire open(int messageBytes) throws IOException {
      return toCallersOf(Listener.local(KEY.getBytes(UTF_8), BYTES_ONLY));
    }
  },

  /// By the library's `Listener` over TCP, on the loopback device.
  TCP {
    @Override
    public Wire open(int messageBytes) throws IOException {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return toCallersOf(Listener.tcp(address, KEY.getBytes(UTF_8), BYTES_ONLY));
    }
  },

  /// Through the library's `SharedMemory`, with semaphores that say when.
  MEMORY {
    @Override
    public Wire open(int messageBytes) throws IOException {
      var plug = MemoryPlug.open(messageBytes);
      return new Wire(plug.turned(), plug, List.of(plug));
    }
  };

  static final String KEY = "the key of a benchmark";

  /// No objects are received.
  static final ConnectionOptions BYTES_ONLY =
      ConnectionOptions.defaults().withFilter(ObjectInputFilter.Config.createFilter("!*"));

  /// Makes a line for messages of up to so many bytes.
  public abstract Wire open(int messageBytes) throws IOException;

  /// The transport with this name, in small letters.
  public static Transport of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Wire toCallersOf(Listener listener) {
    return new Wire(
        new DialPlug(listener.address()),
        () -> new ConnectionLine(listener.accept()),
        List.of(listener));
  }
}
