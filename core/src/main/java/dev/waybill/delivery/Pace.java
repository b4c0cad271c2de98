package dev.waybill.delivery;

/// A fixed rate, in calls or items a second, kept by spacing: each call moves the earliest moment
/// of the next one on by what it cost.
///
/// Where calls come late, up to ten milliseconds are made up for, because no timer is exact; so in
/// any second there are at most `rate * 1.01 + 1` calls, or as many items and one batch.
final class Pace {

  private static final long CATCH_UP_NANOS = 10_000_000;

  private final double nanosPerUnit;
  private double nextAt = Double.NEGATIVE_INFINITY;

  /// @param perSecond units a second; 0 for unlimited
  Pace(double perSecond) {
    this.nanosPerUnit = perSecond <= 0 ? 0 : 1e9 / perSecond;
  }

  /// The earliest moment at which a call may be made.
  long nextAt(long now) {
    return nanosPerUnit == 0 || nextAt <= now ? now : (long) Math.ceil(nextAt);
  }

  /// A call with this many units is made now.
  void spend(long now, int units) {
    if (nanosPerUnit > 0) {
      boolean late = nextAt > Double.NEGATIVE_INFINITY && nanosPerUnit < CATCH_UP_NANOS;
      double from = late ? (double) now - CATCH_UP_NANOS : now;
      nextAt = Math.max(nextAt, from) + units * nanosPerUnit;
    }
  }
}
