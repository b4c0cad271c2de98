package dev.waybill.ledger;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Says every few seconds, on a thread of its own, that this process lives: a run that waits for
/// its destination commits nothing for hours.
final class Heartbeat implements AutoCloseable {

  private final Runnable beat;
  private @Nullable Thread thread;
  private volatile boolean closed;

  Heartbeat(Runnable beat) {
    this.beat = beat;
  }

  /// Begins, if it has not.
  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("waybill-heartbeat").daemon().start(this::run);
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(Lease.BEAT.toNanos());
      if (!closed) {
        beat.run();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
