package dev.waybill.akamai;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Spreads calls evenly over time, however many threads make them.
final class Pacer {

  /// Waits for a length of time.
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private long next;

  /// @param perSecond most calls in a second; 0 for unlimited
  Pacer(double perSecond, LongSupplier nanoTime, Pause pause) {
    this.intervalNanos = perSecond == 0 ? 0 : Math.round(1e9 / perSecond);
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.next = nanoTime.getAsLong();
  }

  /// Returns when it is this caller's turn.
  void await() throws InterruptedException {
    if (intervalNanos == 0) {
      return;
    }
    long wait = reserve();
    if (wait > 0) {
      pause.sleep(Duration.ofNanos(wait));
    }
  }

  private synchronized long reserve() {
    long now = nanoTime.getAsLong();
    long turn = next - now > 0 ? next : now;
    next = turn + intervalNanos;
    return turn - now;
  }
}
