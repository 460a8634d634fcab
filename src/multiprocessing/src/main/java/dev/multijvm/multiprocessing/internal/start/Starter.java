package dev.multijvm.multiprocessing.internal.start;

import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Starts child JVMs by a [StartMethod], and says what came of it.
public final class Starter {
  /// The system property that, when `false`, forbids training caches in the background.
  static final String TRAINING_PROPERTY = "multijvm.training";

  private static final long BACKGROUND_DELAY_MILLIS = 5_000;

  private static final AtomicBoolean BACKGROUND_TRAINED = new AtomicBoolean();

  /// Why there is no cache for a key, by the key's text: what failed once is not tried for each
  /// child.
  private static final Map<String, String> OBSTACLES = new ConcurrentHashMap<>();

  private Starter() {}

  /// A child that was started.
  ///
  /// @param child the child
  /// @param manner `spare`, `cached`, or `plain` with the reason in brackets if there is one
  public record Started(ChildJvm child, String manner) {}

  /// Starts a child. The cache is looked up anew for each, so that none runs with one that has
  /// become stale.
  ///
  /// @param name see [ChildJvm#start]
  /// @param tag see [ChildJvm#start]
  /// @throws IOException if the operating system refuses to start it
  public static Started start(JvmCommand command, StartMethod method, String name, String tag)
      throws IOException {
    if (method == StartMethod.PLAIN) {
      return new Started(ChildJvm.start(command, name, tag), "plain");
    }
    ChildJvm spare = method == StartMethod.WARM ? Spares.take(command) : null;
    if (spare != null) {
      spare.rename(name, tag);
      return new Started(spare, "spare");
    }
    try {
      Path cache = cacheFor(command, method);
      return cache == null
          ? new Started(ChildJvm.start(command, name, tag), "plain (no cache yet)")
          : new Started(ChildJvm.start(command.withCache(cache), name, tag), "cached");
    } catch (NoCacheException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String manner = "plain (no cache: " + why + ")";
      return new Started(ChildJvm.start(command, name, tag), manner);
    }
  }

  /// The cache to start from; `null` if there is none yet but may be.
  private static @Nullable Path cacheFor(JvmCommand command, StartMethod method)
      throws NoCacheException {
    CacheKey key = CacheKey.of(command);
    String obstacle = OBSTACLES.get(key.text());
    if (obstacle != null) {
      throw new NoCacheException(obstacle);
    }
    try {
      CacheDirectory directory = CacheDirectory.existing();
      Path known = directory == null ? null : directory.find(key);
      if (known != null) {
        return known;
      }
      if (method == StartMethod.CACHED) {
        return Training.run(key, command, Training.Pace.SOMEBODY_WAITS);
      }
      trainInBackground(key, command);
      return null;
    } catch (NoCacheException e) {
      throw remember(key, method, String.valueOf(e.getMessage()));
    } catch (IOException | UnsupportedOperationException e) {
      throw remember(key, method, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoCacheException("interrupted");
    }
  }

  private static NoCacheException remember(CacheKey key, StartMethod method, String obstacle) {
    boolean isNew = OBSTACLES.putIfAbsent(key.text(), obstacle) == null;
    if (isNew && method == StartMethod.CACHED) {
      System.getLogger(Starter.class.getName())
          .log(System.Logger.Level.WARNING, "child JVMs start plainly, not cached: " + obstacle);
    }
    return new NoCacheException(obstacle);
  }

  private static void trainInBackground(CacheKey key, JvmCommand command) {
    if ("false".equals(System.getProperty(TRAINING_PROPERTY))
        || !BACKGROUND_TRAINED.compareAndSet(false, true)) {
      return;
    }
    Thread thread = new Thread(null, new Background(key, command), "multijvm training", 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  private record Background(CacheKey key, JvmCommand command) implements Runnable {
    @Override
    public void run() {
      try {
        Thread.sleep(BACKGROUND_DELAY_MILLIS);
        Training.run(key, command, Training.Pace.NOBODY_WAITS);
      } catch (NoCacheException | IOException e) {
        OBSTACLES.put(key.text(), String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
