package dev.waybill.flink;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A destination that tells one of the subtasks, once, to come back later, and counts the calls
/// that the other makes meanwhile, by its own clock.
final class OneIsThrottled implements Destination<Fields> {

  private static final Duration CLOSED = Duration.ofSeconds(3);
  private static final int CALLS_BEFORE = 20;

  private static final AtomicReference<@Nullable OneIsThrottled> THROTTLED =
      new AtomicReference<>();
  private static final AtomicLong CALLS = new AtomicLong();
  private static final AtomicLong RECEIVED = new AtomicLong();
  private static final AtomicLong MEANWHILE = new AtomicLong();
  private static volatile long closedAt;

  static void reset() {
    THROTTLED.set(null);
    CALLS.set(0);
    RECEIVED.set(0);
    MEANWHILE.set(0);
  }

  static long received() {
    return RECEIVED.get();
  }

  static long callsOfTheOtherMeanwhile() {
    return MEANWHILE.get();
  }

  @Override
  public Traits traits() {
    return Traits.of(Idempotence.IDEMPOTENT);
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    if (CALLS.incrementAndGet() > CALLS_BEFORE && THROTTLED.compareAndSet(null, this)) {
      closedAt = System.nanoTime();
      return new Reply.Throttled(Reason.of("429", "come back later"), CLOSED);
    }
    OneIsThrottled throttled = THROTTLED.get();
    if (throttled != null && throttled != this && System.nanoTime() - closedAt < CLOSED.toNanos()) {
      MEANWHILE.incrementAndGet();
    }
    // A call takes a while; the other has work for two seconds.
    Thread.sleep(5);
    RECEIVED.addAndGet(batch.size());
    return Reply.accepted(batch.size());
  }

  @Override
  public void close() {}
}
