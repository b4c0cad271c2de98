package dev.waybill.ledger;

import java.time.Duration;

/// The counts of a run, over all its lives, as of its last commit.
///
/// @param delivered items that ended so, and likewise the next three
/// @param calls calls made; look-ups are included once the run is over
/// @param retries those that repeated an earlier one
/// @param failedCalls those that were not answered; known when the run is over
/// @param throttledCalls those that were throttled; known when the run is over
/// @param throttled how long the destination was not to be called; known when the run is over
public record RunCounts(
    long delivered,
    long rejected,
    long unknown,
    long unprocessed,
    long calls,
    long retries,
    long failedCalls,
    long throttledCalls,
    Duration throttled) {

  /// Items that have come to their end.
  public long settled() {
    return delivered + rejected + unknown + unprocessed;
  }
}
