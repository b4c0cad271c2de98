package dev.waybill.server.page.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A point in time as it is shown: how far off it is, and exactly.
///
/// @param words `3 min ago`
/// @param exact `21 Nov 2026, 11:02:13 UTC`
/// @param machine ISO 8601, for the attribute `datetime`
public record Moment(String words, String exact, String machine) {

  /// That instant, seen from this one.
  public static Moment of(Instant time, Instant now) {
    return new Moment(Wording.distance(time, now), Wording.full(time), time.toString());
  }

  /// A time that is to come; one that has just come is now.
  static Moment toCome(Instant time, Instant now) {
    return time.isAfter(now)
        ? of(time, now)
        : new Moment("now", Wording.full(time), time.toString());
  }

  /// Null stays null.
  public static @Nullable Moment maybe(@Nullable Instant time, Instant now) {
    return time == null ? null : of(time, now);
  }
}
