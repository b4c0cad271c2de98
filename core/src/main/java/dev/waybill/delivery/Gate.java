package dev.waybill.delivery;

import dev.waybill.Reason;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Whether the destination may be called at all. Closed while it asks to be left alone, and while
/// it seems to be down; then one call at a time looks whether it is back.
final class Gate {

  /// Calls that must fail in a row, with none answered between them, before the destination rather
  /// than a batch is held to be at fault.
  static final int OUTAGE = 5;

  private final Backoff backoff;
  private final RandomGenerator random;
  private long opensAt = Long.MIN_VALUE;
  private @Nullable Reason reason;
  private @Nullable Reason lastFailure;
  private int throttled;
  private int failed;
  private long failedAt;
  private long closedNanos;
  private long answeredAt = Long.MIN_VALUE;
  private long awayNanos;
  private long awayUntil = Long.MIN_VALUE;

  Gate(Backoff backoff, RandomGenerator random) {
    this.backoff = backoff;
    this.random = random;
  }

  /// When calls may be made again; not after `now` if at once.
  long opensAt() {
    return opensAt;
  }

  /// Why it was closed last; null if it never was.
  @Nullable Reason reason() {
    return reason;
  }

  /// How long it has been closed in all, as far as it is known now.
  long closedNanos() {
    return closedNanos;
  }

  /// Whether calls fail one after the other, so that only one at a time is worth its cost.
  boolean outage() {
    return failed >= OUTAGE;
  }

  /// How many calls failed since the last that was answered.
  int failedInARow() {
    return failed;
  }

  /// Why the last failed call failed; null if none did.
  @Nullable Reason lastFailure() {
    return lastFailure;
  }

  /// When the destination last answered a call; before all moments if it never did.
  long answeredAt() {
    return answeredAt;
  }

  /// For how long, up to now, a failed call said nothing of its items: the gate was closed, or the
  /// destination seemed to be down.
  long awayNanos(long now) {
    return awayNanos - (Math.max(now, awayUntil) - now);
  }

  private void away(long from, long until) {
    long begin = Math.max(from, awayUntil);
    if (until > begin) {
      awayNanos += until - begin;
      awayUntil = until;
    }
  }

  /// The destination answered: it is there.
  void answered(long now) {
    if (outage()) {
      away(failedAt, now);
    }
    answeredAt = now;
    throttled = 0;
    failed = 0;
  }

  /// The destination asked to be left alone for this long; 0 if not.
  void rest(long now, long nanos, Reason why) {
    close(now, now + nanos, why);
  }

  /// A call was throttled.
  ///
  /// @param retryAfterNanos how long the destination asked to wait; negative if it did not say
  void throttled(long now, long retryAfterNanos, Reason why) {
    throttled++;
    close(now, now + (retryAfterNanos < 0 ? wait(throttled) : retryAfterNanos), why);
  }

  /// A call failed, or nobody knows what became of it.
  void failed(long now, long retryAfterNanos, Reason why) {
    if (outage()) {
      away(failedAt, now);
    }
    failed++;
    failedAt = now;
    lastFailure = why;
    if (retryAfterNanos >= 0) {
      close(now, now + retryAfterNanos, why);
    } else if (outage()) {
      close(now, now + wait(failed - OUTAGE + 1), why);
    }
  }

  /// At least half of the backoff's bound: a gate that opens at once would be none.
  private long wait(int times) {
    long half = backoff.longestNanos(times) / 2;
    return half + (long) (random.nextDouble() * half);
  }

  private void close(long now, long until, Reason why) {
    if (until > Math.max(now, opensAt)) {
      closedNanos += until - Math.max(now, opensAt);
      opensAt = until;
      reason = why;
      away(now, until);
    }
  }
}
