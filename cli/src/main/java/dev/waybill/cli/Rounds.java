package dev.waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Decides whether there is another round of `retry --until-settled`, and waits for it. For one
/// thread.
final class Rounds {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /// Rounds without progress after which another one is not likely to bring any.
  private static final int MOST_IDLE = 10;

  private final int most;
  private Duration wait = FIRST_WAIT;
  private long leftBefore = Long.MAX_VALUE;
  private int idle;
  private int made;

  /// @param most how many rounds there may be
  Rounds(int most) {
    this.most = most;
  }

  /// Whether there is another round now that so many records are left; waits until it is time.
  boolean another(long left, Console console, boolean quiet) throws InterruptedException {
    made++;
    idle = left < leftBefore ? 0 : idle + 1;
    leftBefore = Math.min(left, leftBefore);
    if (made >= most || idle >= MOST_IDLE) {
      return false;
    }
    if (!quiet) {
      console
          .err()
          .println("Next round in " + wait.toSeconds() + " s; Ctrl-C to leave it at that.");
    }
    var ended = new CountDownLatch(1);
    Signals.onEnding(ended::countDown);
    boolean stopped = ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    return !stopped;
  }
}
