/// Processes as easily as threads.
module dev.multijvm.multiprocessing {
  requires java.management;
  requires static transitive org.jspecify;

  exports dev.multijvm.multiprocessing;
}
