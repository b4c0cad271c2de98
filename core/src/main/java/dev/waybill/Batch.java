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

  public int size() {
    return items.size();
  }
}
