package dev.waybill;

import org.jspecify.annotations.Nullable;

/// The account of one item's end.
///
/// @param item the item as it was given
/// @param disposition how it ended
/// @param reason why; null when delivered
/// @param attempts in how many calls it was sent; 0 if in none
/// @param id the id that the destination gave it, if it gives any
public record Receipt<T>(
    Item<T> item,
    Disposition disposition,
    @Nullable Reason reason,
    int attempts,
    @Nullable String id) {}
