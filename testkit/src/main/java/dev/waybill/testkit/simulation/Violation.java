package dev.waybill.testkit.simulation;

/// A promise was broken.
public final class Violation extends RuntimeException {

  private final int invariant;

  Violation(int invariant, String what) {
    super("invariant " + invariant + ": " + what);
    this.invariant = invariant;
  }

  /// Which of the promises listed in [Simulation].
  public int invariant() {
    return invariant;
  }
}
