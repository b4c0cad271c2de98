package dev.waybill;

import java.util.List;

/// The items sent in one call.
///
/// @param number names this group of items within the run, counted from 1; a repeated call for the
///   same items keeps it
/// @param items in the order in which they are to be applied; never empty
/// @param attempt which call for this group this is, counted from 1
/// @param run names the run: the same when it is resumed, different for every other run
public record Batch<T>(long number, List<Item<T>> items, int attempt, String run) {

  public int size() {
    return items.size();
  }

  /// The same for every call with this number, different for all others, also of other runs: a
  /// destination that remembers calls applies the group once.
  public String idempotencyKey() {
    return run + "-" + number;
  }

  /// The same for every call that carries this item, whatever its company, different for all
  /// others, also of other runs: a destination that remembers items applies it once.
  public String itemKey(Item<T> item) {
    return run + "-item-" + item.ordinal();
  }
}
