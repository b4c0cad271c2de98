package dev.waybill.sim;

/// A rate limit as real services have it: so many units a second, and what was not used of the last
/// second may be used at once (the generic cell rate algorithm; ITU-T I.371).
final class RateLimit {

  private static final long SECOND = 1_000_000_000;

  private final double nanosPerUnit;
  private final long burst;
  private long paidUntil = Long.MIN_VALUE / 2;

  /// @param perSecond units a second; 0 for no limit
  RateLimit(double perSecond) {
    this.nanosPerUnit = perSecond > 0 ? SECOND / perSecond : 0;
    this.burst = Math.max(0, SECOND - (long) nanosPerUnit);
  }

  /// How many nanoseconds after `now` the next call may be made; 0 if it may be made now.
  ///
  /// A call larger than a second's worth passes when nothing is owed, and is paid for afterwards.
  long untilAllowed(long now) {
    return Math.max(0, paidUntil - burst - now);
  }

  /// Counts a call of this many units at this time.
  void charge(long now, int units) {
    paidUntil = Math.max(paidUntil, now) + Math.round(units * nanosPerUnit);
  }
}
