package dev.waybill.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ends calls whose time is up. A socket's own time-out starts anew with each byte, so a body that
/// trickles would never end by it.
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;
  private final long nanos;

  Deadlines(Duration each) {
    nanos = each.toNanos();
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("waybill-http-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Runs `end` when the time of a call that starts now is up, unless cancelled before.
  Future<?> start(Runnable end) {
    return timer.schedule(end, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
