package dev.waybill.server.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Holds each key to a [Rate], by a bucket of tokens. Safe for use by many threads.
public final class RateLimiter {

  /// Above this many keys those that have been still long enough to be full again are forgotten.
  private static final int KEPT = 10_000;

  private final Rate rate;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// @param nanos the time, as [System#nanoTime]
  public RateLimiter(Rate rate, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
  }

  /// Counts a request.
  ///
  /// @throws HttpProblem 429 if it is one too many; says when to come back
  public void spend(String key) {
    if (buckets.size() > KEPT) {
      buckets.values().removeIf(Bucket::isFull);
    }
    Duration wait = buckets.computeIfAbsent(key, absent -> new Bucket()).take();
    if (wait.isPositive()) {
      throw HttpProblem.tooManyRequests(wait);
    }
  }

  private final class Bucket {
    private double tokens = rate.burst();
    private long at = nanos.getAsLong();

    synchronized Duration take() {
      fill();
      if (tokens >= 1) {
        tokens--;
        return Duration.ZERO;
      }
      return Duration.ofNanos(Math.max(1, Math.round((1 - tokens) / rate.perSecond() * 1e9)));
    }

    synchronized boolean isFull() {
      fill();
      return tokens >= rate.burst();
    }

    private void fill() {
      long now = nanos.getAsLong();
      tokens = Math.min(rate.burst(), tokens + (now - at) / 1e9 * rate.perSecond());
      at = now;
    }
  }
}
