package dev.waybill.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: exponential, with full jitter, so that many waiting
/// callers do not come back at the same moment.
///
/// @param first the longest wait after the first failure
/// @param cap the longest wait at all
/// @see <a
///   href="https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/">
///   Timeouts, retries and backoff with jitter</a>
public record Backoff(Duration first, Duration cap) {

  /// 200 ms, doubled after each failure, at most 30 s.
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

  public Backoff {
    if (first.isNegative() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("the cap " + cap + " is below the first wait " + first);
    }
  }

  /// Nanoseconds to wait after this many failures in a row: evenly spread from 0 to `first *
  /// 2^(failures - 1)`, or to the cap.
  long nanos(int failures, RandomGenerator random) {
    return (long) (random.nextDouble() * longestNanos(failures));
  }

  /// The longest that [#nanos] can answer.
  long longestNanos(int failures) {
    double grown = first.toNanos() * Math.pow(2, Math.max(0, failures - 1));
    return (long) Math.min(grown, (double) cap.toNanos());
  }
}
