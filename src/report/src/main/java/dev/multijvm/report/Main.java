package dev.multijvm.report;

/// The command `report`.
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("report");
  }
}
