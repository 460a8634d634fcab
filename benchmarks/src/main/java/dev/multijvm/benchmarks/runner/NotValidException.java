package dev.multijvm.benchmarks.runner;

/// The run cannot be valid: the command ends with 3.
final class NotValidException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotValidException(String message) {
    super(message);
  }
}
