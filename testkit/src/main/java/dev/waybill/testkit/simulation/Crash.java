package dev.waybill.testkit.simulation;

/// The process dies here.
final class Crash extends RuntimeException {

  Crash(String where) {
    super(where, null, false, false);
  }
}
