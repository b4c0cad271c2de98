package dev.waybill.spi;

/// How far a live source is ahead of who reads it.
///
/// @param behind what it has and has not handed over yet; -1 if that is not known
/// @param unit in what that is counted
public record Lag(long behind, Unit unit) {

  /// Not known yet.
  public static final Lag UNKNOWN = new Lag(-1, Unit.RECORDS);

  /// In what lag is counted.
  public enum Unit {
    RECORDS,
    /// Of a database's log.
    BYTES
  }

  public static Lag records(long behind) {
    return new Lag(behind, Unit.RECORDS);
  }

  public static Lag bytes(long behind) {
    return new Lag(behind, Unit.BYTES);
  }

  public boolean isKnown() {
    return behind >= 0;
  }
}
