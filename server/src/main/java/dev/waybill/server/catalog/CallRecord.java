package dev.waybill.server.catalog;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call that a run made, as it is shown to people.
///
/// @param number counts a run's calls from 1, in the order in which they were over
/// @param batch the batch's number
/// @param attempt which attempt of its items it was, from 1
/// @param kind `send`, `single` or `verify`
/// @param first the first item's ordinal
/// @param last the last one's
/// @param items how many it carried
/// @param outcome the reply's kind: `answered`, `refused`, `too large`, `throttled`, `unavailable`,
///   `in doubt`, `fatal`
/// @param accepted items with that verdict, and likewise the next two; 0 unless answered
/// @param reason the destination's words; null if there were none
/// @param request as it went over the wire, secrets masked and long bodies cut; null if it can not
///   be shown
/// @param answer likewise
public record CallRecord(
    long number,
    long batch,
    int attempt,
    String kind,
    Instant beganAt,
    Duration took,
    long first,
    long last,
    int items,
    String outcome,
    int accepted,
    int rejected,
    int deferred,
    @Nullable String reason,
    @Nullable String request,
    @Nullable String answer) {

  /// Whether it brought all its items home.
  public boolean succeeded() {
    return outcome.equals("answered") && accepted == items;
  }
}
