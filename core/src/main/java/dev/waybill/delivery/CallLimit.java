package dev.waybill.delivery;

/// How many calls may be under way at once: additive increase, multiplicative decrease, as TCP does
/// it. Starts low, doubles while all goes well, and after the first trouble grows by one for each
/// round of calls.
///
/// Trouble is a throttled or failed call, or answers that take several times as long as the best
/// lately seen. Calls that were sent before the last decrease say nothing new and change nothing.
final class CallLimit {

  /// Latency counts as trouble above this multiple of the calm one…
  private static final double SLOWER = 4;

  /// …and only above this, so that noise on a fast link does not count: 100 ms.
  private static final double NOTICEABLE_NANOS = 100e6;

  private static final int START = 4;

  private final int most;
  private final boolean adaptive;
  private double limit;
  private double threshold;
  private long lastDecrease = Long.MIN_VALUE;
  private double calmNanos = Double.NaN;
  private double recentNanos = Double.NaN;

  /// @param most calls at a time that are never exceeded
  CallLimit(int most, Policy.Concurrency concurrency) {
    this.most = most;
    this.adaptive = concurrency == Policy.Concurrency.ADAPTIVE;
    this.limit = adaptive ? Math.min(START, most) : most;
    this.threshold = most;
  }

  int current() {
    return (int) limit;
  }

  /// A call was answered.
  ///
  /// @param sentAt when it was sent
  /// @param busy how many calls were under way, itself included
  void answered(long sentAt, long now, int busy) {
    if (!adaptive) {
      return;
    }
    double nanos = now - sentAt;
    recentNanos = Double.isNaN(recentNanos) ? nanos : recentNanos + (nanos - recentNanos) / 8;
    if (Double.isNaN(calmNanos) || recentNanos < calmNanos) {
      calmNanos = recentNanos;
    } else {
      // Drifts up slowly, so that a lastingly slower service becomes the new calm.
      calmNanos += (recentNanos - calmNanos) / 512;
    }
    if (recentNanos > NOTICEABLE_NANOS && recentNanos > SLOWER * calmNanos) {
      decrease(sentAt, now);
    } else if (busy >= current()) {
      limit = Math.min(most, limit + (limit < threshold ? 1 : 1 / limit));
    }
  }

  /// A call was throttled or failed.
  void troubled(long sentAt, long now) {
    if (adaptive) {
      decrease(sentAt, now);
    }
  }

  private void decrease(long sentAt, long now) {
    if (sentAt > lastDecrease) {
      limit = Math.max(1, limit / 2);
      threshold = limit;
      lastDecrease = now;
    }
  }
}
