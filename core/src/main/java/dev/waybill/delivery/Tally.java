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

  /// Items that have come to an end.
  public long settled() {
    return delivered + rejected + unknown + unprocessed;
  }

  /// Items that have not come to an end yet.
  public long held() {
    return offered - settled();
  }
}
