package dev.waybill.delivery;

import dev.waybill.Item;
import dev.waybill.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group of items on its way through the engine: what becomes a [dev.waybill.Batch] at each call.
/// Its items stay together until a reply parts them; then each part is new work.
final class Work<T> {

  /// What the next call for it is.
  enum Step {
    BATCH,
    SINGLE,
    LOOKUP
  }

  /// In place of a moment.
  static final long NEVER = Long.MIN_VALUE;

  final long number;
  final List<Item<T>> items;
  final long bytes;

  /// Calls that carried each item before it came into this group; null for none.
  final int @Nullable [] earlierCalls;

  Step step = Step.BATCH;

  /// Calls that carried this group.
  int calls;

  /// Look-ups for this group, so that each has its own name.
  int lookups;

  /// Calls that failed for it, those not counted that failed for everybody.
  int failures;

  /// How often its items were rejected for something that may pass.
  int rejections;

  /// Whether an earlier call may have been applied.
  boolean doubted;

  /// When the last call for it was made.
  long sentAt;

  /// When the first call was made that may have been applied; a moment before all others if that is
  /// not known. Says nothing unless it is doubted.
  long doubtedSince = Long.MIN_VALUE;

  /// For how long it has been failing or been rejected while the destination was there.
  long troubledNanos;

  /// When it last failed or was rejected; [#NEVER] if it was not.
  long troubledAt = NEVER;

  /// How long the destination had been away by then.
  long awayNanos;

  /// Why it is not done yet; null if it was not sent yet.
  @Nullable Reason reason;

  /// Not to be sent before this moment.
  long dueAt;

  /// Keeps work that is due at the same moment in order.
  long sequence;

  Work(long number, List<Item<T>> items, long bytes, int @Nullable [] earlierCalls) {
    this.number = number;
    this.items = items;
    this.bytes = bytes;
    this.earlierCalls = earlierCalls;
  }

  int size() {
    return items.size();
  }

  /// In how many calls the item at `index` was sent.
  int attempts(int index) {
    return calls + (earlierCalls == null ? 0 : earlierCalls[index]);
  }

  /// How many times it was tried again already, for whatever cause.
  boolean isRetry() {
    return failures > 0 || rejections > 0;
  }

  /// What is known of it, for another engine to go on.
  ///
  /// @param underWay whether a call for it is under way, which counts as in doubt
  Holding<T> holding(long now, boolean underWay) {
    if (calls == 0 && earlierCalls == null && !doubted) {
      return Holding.unsent(items);
    }
    var attempts = new ArrayList<Integer>(items.size());
    for (int i = 0; i < items.size(); i++) {
      attempts.add(attempts(i));
    }
    Call.Kind next =
        switch (step) {
          case BATCH -> Call.Kind.BATCH;
          case SINGLE -> Call.Kind.SINGLE;
          case LOOKUP -> Call.Kind.LOOKUP;
        };
    return new Holding<>(
        number, items, attempts, failures, rejections, next, doubtAt(now, underWay));
  }

  private Holding.Doubt doubtAt(long now, boolean underWay) {
    if (!doubted && !underWay) {
      return Holding.Doubt.NONE;
    }
    long since = doubted ? doubtedSince : sentAt;
    return new Holding.Doubt.Since(since == Long.MIN_VALUE ? Long.MAX_VALUE : now - since);
  }

  /// It has failed, or was rejected. The time since it last did counts only if the destination
  /// answered somebody meanwhile, for without that nobody can tell its fault from the
  /// destination's; and of that time only what the destination was there.
  void troubled(long now, Gate gate) {
    long away = gate.awayNanos(now);
    if (troubledAt != NEVER && gate.answeredAt() > troubledAt) {
      troubledNanos += now - troubledAt - (away - awayNanos);
    }
    troubledAt = now;
    awayNanos = away;
  }

  /// The call made last may have been applied.
  void doubt() {
    if (!doubted) {
      doubted = true;
      doubtedSince = sentAt;
    }
  }
}
