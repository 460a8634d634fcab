package dev.multijvm.multiprocessing;

/// How a child JVM comes to life.
///
/// A JVM starts in little more than half of the time from an ahead-of-time cache (JEP 483, 514,
/// 515): classes already parsed and linked, profiles already collected. The library makes such
/// caches by itself, one for each program: a child JVM that runs nothing but the library's own code
/// records what a worker needs, and the result goes to `$XDG_CACHE_HOME/multijvm/aot` or
/// `~/.cache/multijvm/aot`, 13 MB each, the eight last used. The system property `multijvm.cache`
/// names another directory.
///
/// **A cache never runs old code.** Its name is a hash of the JDK's build, the options that matter
/// and the content of every jar on the class path and module path, those that manifests name
/// included. It is looked up again for every child, and any jar whose inode, size or times have
/// changed is read again.
///
/// There is no cache, and children start plainly, where the path has a directory of classes, where
/// agents or patched modules are asked for, where the cache directory cannot be written or belongs
/// to somebody else, and on systems whose files have no inodes.
public enum StartMethod {
  /// From the cache if there is one for this program, else plainly. The first time that there is
  /// none, a cache for the next program is trained in the background, once a JVM, at the lowest
  /// priority and not before the program has run for five seconds; `-Dmultijvm.training=false`
  /// forbids that.
  AUTOMATIC,

  /// Plainly: `java` with a command line.
  PLAIN,

  /// From a spare: a JVM that this one has started before for the same command line, that has
  /// rehearsed its part and waits for work. Where none is ready, as [#AUTOMATIC]. A spare of a pool
  /// never becomes a [ChildProcess], nor the other way round: they rehearse different parts.
  ///
  /// Half a second after the last start, spares are started in the background, one after the other,
  /// until as many wait as were asked for in a row: whoever opens a pool of four finds four the
  /// next time. [ProcessPool#prestart] does not wait for a first time. In all there are at most as
  /// many as visible processors, at least 2, or as the system property `multijvm.spares` says;
  /// those of a command line that was not asked for as long make room. Each takes the memory of an
  /// idle worker and no processor time. They end with this JVM, however that comes about.
  ///
  /// A spare runs the code that was on the class path when it started, as this JVM does.
  WARM,

  /// From the cache; if there is none, the first start trains it and waits for that, two seconds or
  /// so. Where there cannot be one, plainly, and a warning is logged once.
  CACHED
}
