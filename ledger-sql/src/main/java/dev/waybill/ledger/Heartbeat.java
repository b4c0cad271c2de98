package dev.waybill.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says every few seconds, on a thread of its own, that this process lives: a run that waits for
/// its destination commits nothing for hours.
final class Heartbeat implements AutoCloseable {

  private final Runnable beat;
  private @Nullable ScheduledExecutorService thread;

  Heartbeat(Runnable beat) {
    this.beat = beat;
  }

  /// Begins, if it has not.
  synchronized void start() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("waybill-heartbeat").daemon().factory());
      long millis = Lease.BEAT.toMillis();
      thread.scheduleWithFixedDelay(beat, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
