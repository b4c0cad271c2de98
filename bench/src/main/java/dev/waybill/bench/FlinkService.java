package dev.waybill.bench;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A far side in this process that answers each call after a while, and counts. The same for all
/// contenders; one at a time.
///
/// @param latency of each call
/// @param callsPerWindow in each quarter of a second it takes so many calls, and throttles the
///   others until the next; 0 for no limit
/// @param badEach of so many records one is bad, and any call with it is refused; 0 for none
record FlinkService(Duration latency, int callsPerWindow, int badEach) {

  private static final long WINDOW_NANOS = 250_000_000;

  private static final AtomicLong CALLS = new AtomicLong();
  private static final AtomicLong APPLIED = new AtomicLong();
  private static final AtomicLong FIRST = new AtomicLong();
  private static final AtomicLong LAST = new AtomicLong();
  private static final AtomicLong WINDOW = new AtomicLong();
  private static final AtomicLong IN_WINDOW = new AtomicLong();

  /// What it answers.
  enum Answer {
    ACCEPTED,
    THROTTLED,
    REFUSED
  }

  static void reset() {
    CALLS.set(0);
    APPLIED.set(0);
    FIRST.set(0);
  }

  static long calls() {
    return CALLS.get();
  }

  static long applied() {
    return APPLIED.get();
  }

  /// From the first call to the last answer; the start of a job is none of a sink's business.
  static double seconds() {
    return (LAST.get() - FIRST.get()) / 1e9;
  }

  /// Takes a call.
  CompletableFuture<Answer> call(List<String> records) {
    long number = CALLS.incrementAndGet();
    if (number == 1) {
      FIRST.set(System.nanoTime());
    }
    Executor later =
        CompletableFuture.delayedExecutor(latency.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
    return CompletableFuture.supplyAsync(() -> answer(records), later);
  }

  /// How long a throttled call is asked to wait: to the next window.
  static Duration retryAfter() {
    return Duration.ofNanos(WINDOW_NANOS - Math.floorMod(System.nanoTime(), WINDOW_NANOS));
  }

  private Answer answer(List<String> records) {
    long now = System.nanoTime();
    LAST.set(now);
    if (callsPerWindow > 0 && isTooMany(Math.floorDiv(now, WINDOW_NANOS))) {
      return Answer.THROTTLED;
    }
    if (badEach > 0 && records.stream().anyMatch(this::isBad)) {
      return Answer.REFUSED;
    }
    APPLIED.addAndGet(records.size());
    return Answer.ACCEPTED;
  }

  private boolean isBad(String record) {
    long id = Long.parseLong(record.substring(0, record.indexOf(',')));
    return new SplittableRandom(id).nextInt(badEach) == 0;
  }

  private boolean isTooMany(long window) {
    long before = WINDOW.getAndSet(window);
    if (before != window) {
      IN_WINDOW.set(0);
    }
    return IN_WINDOW.incrementAndGet() > callsPerWindow;
  }
}
