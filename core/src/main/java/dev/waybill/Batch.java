package dev.waybill;

import java.util.List;

/// The items sent in one call.
///
/// @param number names this group of items within the run, counted from 1; a repeated call for the
///   same items keeps it
/// @param items in the order in which they are to be applied; never empty
/// @param attempt which call for this group this is, counted from 1
/// @param idempotencyKey the same for every call with this number, different for all others, also
///   of other runs: a destination that remembers it applies the group once
public record Batch<T>(long number, List<Item<T>> items, int attempt, String idempotencyKey) {

  /// A batch of the run with this name, which is the same when the run is resumed and different for
  /// every other run.
  public static <T> Batch<T> of(String run, long number, List<Item<T>> items, int attempt) {
    return new Batch<>(number, items, attempt, run + "-" + number);
  }

  /// Names one item for a destination that remembers single items rather than calls: the same in
  /// every call that carries it, whatever its batch, and different for all others, also of other
  /// runs.
  public String itemKey(Item<T> item) {
    String end = "-" + number;
    String run =
        idempotencyKey.endsWith(end)
            ? idempotencyKey.substring(0, idempotencyKey.length() - end.length())
            : idempotencyKey;
    return run + "-item-" + item.ordinal();
  }

  public int size() {
    return items.size();
  }
}
