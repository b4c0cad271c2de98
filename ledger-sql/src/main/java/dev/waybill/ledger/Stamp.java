package dev.waybill.ledger;

import java.time.Clock;
import java.time.Instant;

/// The time as text, made once a millisecond: making it takes longer than writing a row.
final class Stamp {

  private final Clock clock;
  private long millis = Long.MIN_VALUE;
  private String text = "";

  Stamp(Clock clock) {
    this.clock = clock;
  }

  String text() {
    long now = clock.millis();
    if (now != millis) {
      millis = now;
      text = Times.text(Instant.ofEpochMilli(now));
    }
    return text;
  }
}
