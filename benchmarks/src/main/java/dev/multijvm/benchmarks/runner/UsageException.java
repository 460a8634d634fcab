package dev.multijvm.benchmarks.runner;

/// Somebody asked for something that cannot be: the command ends with 2 and changes nothing.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
