package dev.waybill.server;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does once an hour what has to be done now and then.
final class Upkeep implements AutoCloseable {

  private final Runnable work;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("waybill-upkeep").daemon().factory());

  Upkeep(Runnable work) {
    this.work = work;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::turn, 1, 60, TimeUnit.MINUTES);
  }

  private void turn() {
    try {
      work.run();
    } catch (RuntimeException e) {
      System.getLogger(Upkeep.class.getName())
          .log(Level.WARNING, "upkeep failed; it is tried again in an hour", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
