package dev.waybill.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When so much goes wrong that the run is ended; what is left is then unprocessed.
///
/// @param rejected most items that may be rejected
/// @param rejectedShare greatest share of rejected items, from 0 to 1; looked at once
///   [#SHARE_COUNTS_FROM] items have come to an end, and at the end of the run
/// @param failedCalls most calls that may fail in a row
/// @param deadline longest time that the run may take; null for any
public record GiveUp(
    long rejected, double rejectedShare, int failedCalls, @Nullable Duration deadline) {

  /// A share of fewer items than this says too little.
  public static final long SHARE_COUNTS_FROM = 100;

  /// Goes on whatever happens.
  public static final GiveUp NEVER = new GiveUp(Long.MAX_VALUE, 1, Integer.MAX_VALUE, null);

  public GiveUp rejected(long items) {
    return new GiveUp(items, rejectedShare, failedCalls, deadline);
  }

  public GiveUp rejectedShare(double share) {
    return new GiveUp(rejected, share, failedCalls, deadline);
  }

  public GiveUp failedCalls(int calls) {
    return new GiveUp(rejected, rejectedShare, calls, deadline);
  }

  public GiveUp deadline(Duration time) {
    return new GiveUp(rejected, rejectedShare, failedCalls, time);
  }
}
