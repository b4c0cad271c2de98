package dev.waybill.delivery;

/// The counts of a run so far.
///
/// @param offered items that came in
/// @param delivered items that ended so, and likewise the next three
/// @param calls calls made, look-ups included
/// @param failedCalls those that were not answered
/// @param throttledCalls those that were throttled
/// @param retries those that repeated an earlier one
public record Tally(
    long offered,
    long delivered,
    long rejected,
    long unknown,
    long unprocessed,
    long calls,
    long failedCalls,
    long throttledCalls,
    long retries) {

  /// The counts of two stages of a run together.
  public Tally plus(Tally other) {
    return new Tally(
        offered + other.offered,
        delivered + other.delivered,
        rejected + other.rejected,
        unknown + other.unknown,
        unprocessed + other.unprocessed,
        calls + other.calls,
        failedCalls + other.failedCalls,
        throttledCalls + other.throttledCalls,
        retries + other.retries);
  }

  /// Items that have come to an end.
  public long settled() {
    return delivered + rejected + unknown + unprocessed;
  }

  /// Items that have not come to an end yet.
  public long held() {
    return offered - settled();
  }
}
