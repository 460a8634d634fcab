/// Processes as easily as threads.
module dev.multijvm.multiprocessing {
  requires java.management;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.multijvm.multiprocessing;
}
