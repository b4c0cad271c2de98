package dev.waybill.testkit.aws;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Asks until something is so, for what an emulator does in its own time.
final class Await {

  private static final int TRIES = 400;
  private static final long PAUSE_NANOS = 25_000_000;

  private Await() {}

  static void until(BooleanSupplier condition) {
    for (int i = 0; i < TRIES; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("not so after ten seconds");
  }
}
