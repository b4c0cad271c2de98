package dev.waybill.delivery;

import dev.waybill.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Items that an engine holds and that have not come to their end, with all that is known of them:
/// what outlives the engine, so that another can go on ([Engine#held], [Engine#takeUp]).
///
/// @param number of the group in which they were sent; 0 for items that were in no call yet
/// @param items in the order in which they came
/// @param attempts in how many calls each of them was sent
/// @param failures calls that failed for the group
/// @param rejections how often its items were rejected for something that may pass
/// @param next which kind of call is to be made, or was under way
/// @param doubt whether a call with them may have been applied
public record Holding<T>(
    long number,
    List<Item<T>> items,
    List<Integer> attempts,
    int failures,
    int rejections,
    Call.Kind next,
    Doubt doubt) {

  /// Whether a call may have been applied.
  public sealed interface Doubt {

    /// Certainly none was.
    record None() implements Doubt {}

    /// It may.
    ///
    /// @param nanos how long ago it was made; [Long#MAX_VALUE] if nobody knows
    record Since(long nanos) implements Doubt {}

    /// Certainly none was applied.
    Doubt NONE = new None();
  }

  /// Items that were in no call yet.
  public static <T> Holding<T> unsent(List<Item<T>> items) {
    return new Holding<>(
        0,
        List.copyOf(items),
        Collections.nCopies(items.size(), 0),
        0,
        0,
        Call.Kind.BATCH,
        Doubt.NONE);
  }

  /// Those of the items that are wanted, as a group of their own; null if none is. If some are not
  /// wanted, a call in doubt can not be repeated as it was.
  public @Nullable Holding<T> only(Predicate<Item<T>> wanted) {
    var some = new ArrayList<Item<T>>();
    var theirAttempts = new ArrayList<Integer>();
    for (int i = 0; i < items.size(); i++) {
      if (wanted.test(items.get(i))) {
        some.add(items.get(i));
        theirAttempts.add(attempts.get(i));
      }
    }
    if (some.size() == items.size()) {
      return this;
    }
    Call.Kind kind = doubt instanceof Doubt.None ? Call.Kind.BATCH : Call.Kind.LOOKUP;
    return some.isEmpty()
        ? null
        : new Holding<>(0, some, theirAttempts, failures, rejections, kind, doubt);
  }

  /// Whether the items were in no call yet.
  public boolean isUnsent() {
    return doubt instanceof Doubt.None && attempts.stream().allMatch(count -> count == 0);
  }
}
