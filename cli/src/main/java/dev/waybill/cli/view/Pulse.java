package dev.waybill.cli.view;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How many records a second came to an end lately. For one thread.
public final class Pulse {

  /// Long enough not to flicker, short enough to show what goes on now.
  private static final Duration WINDOW = Duration.ofSeconds(4);

  private final Deque<Beat> beats = new ArrayDeque<>();

  private record Beat(Duration at, long settled) {}

  public Pulse() {
    beats.add(new Beat(Duration.ZERO, 0));
  }

  /// The rate, now that so many records have come to an end.
  public double perSecond(Duration elapsed, long settled) {
    beats.addLast(new Beat(elapsed, settled));
    while (beats.size() > 2 && elapsed.minus(WINDOW).compareTo(beats.getFirst().at()) > 0) {
      beats.removeFirst();
    }
    double seconds = elapsed.minus(beats.getFirst().at()).toNanos() / 1e9;
    return seconds <= 0 ? 0 : (settled - beats.getFirst().settled()) / seconds;
  }
}
