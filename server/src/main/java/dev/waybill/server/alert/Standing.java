package dev.waybill.server.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a rule holds, and what was told of it.
///
/// @param raisedAt since when it holds; null while it does not
/// @param toldAt when that was told last; null while it does not
public record Standing(@Nullable Instant raisedAt, @Nullable Instant toldAt) {

  static final Standing QUIET = new Standing(null, null);

  /// Whoever was told and did nothing is told again, but no more often than this.
  static final Duration REMIND = Duration.ofDays(1);

  /// What is to be told.
  enum Happening {
    BEGUN,
    REMINDER,
    OVER
  }

  /// A standing, and what is to be told of how it came to be.
  ///
  /// @param happening null for nothing
  record Step(Standing standing, @Nullable Happening happening) {}

  /// After it was found that the rule holds.
  Step holds(Instant now) {
    if (raisedAt == null || toldAt == null) {
      return new Step(new Standing(now, now), Happening.BEGUN);
    }
    return toldAt.plus(REMIND).isAfter(now)
        ? new Step(this, null)
        : new Step(new Standing(raisedAt, now), Happening.REMINDER);
  }

  /// After it was found that the rule does not hold.
  Step holdsNot() {
    return raisedAt == null ? new Step(this, null) : new Step(QUIET, Happening.OVER);
  }
}
