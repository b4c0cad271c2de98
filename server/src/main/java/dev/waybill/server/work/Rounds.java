package dev.waybill.server.work;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Does something every second, on a thread of its own, whatever befalls it.
final class Rounds implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final Runnable round;
  private final Thread thread;
  private volatile boolean closed;

  Rounds(String name, Runnable round) {
    this.name = name;
    this.round = round;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::go);
  }

  void start() {
    thread.start();
  }

  private void go() {
    while (!closed) {
      try {
        round.run();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, name + " failed; it goes on", e);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
