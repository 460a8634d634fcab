/// Processes as easily as threads.
module dev.multijvm.multiprocessing {
  requires static transitive org.jspecify;

  exports dev.multijvm.multiprocessing;
}
