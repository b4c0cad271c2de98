package dev.waybill.server.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// When a flow runs by itself.
public sealed interface Schedule {

  /// By a cron expression of five fields (minute, hour, day of month, month, day of week).
  record Cron(String expression, ZoneId zone) implements Schedule {}

  /// From an instant on, again and again.
  record Every(Instant start, Duration interval) implements Schedule {}
}
