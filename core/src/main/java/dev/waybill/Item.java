package dev.waybill;

import org.jspecify.annotations.Nullable;

/// One record as its source gave it.
///
/// @param ordinal position in the source, counted from 1; unique within a run
/// @param key the record's key, where the flow declares one: names it in reports, and keeps order
///   and identity where they are asked for
/// @param payload what the destination is given
/// @param origin where the record stands in its source, byte for byte; null for sources without
///   bytes, such as a program's own objects
public record Item<T>(long ordinal, @Nullable String key, T payload, @Nullable Origin origin) {

  public Item {
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinals count from 1, not " + ordinal);
    }
  }

  /// An item without key and origin, as a program submits it.
  public static <T> Item<T> of(long ordinal, T payload) {
    return new Item<>(ordinal, null, payload, null);
  }

  /// The same record with another key and payload, as a mapping makes it.
  public <U> Item<U> as(@Nullable String newKey, U newPayload) {
    return new Item<>(ordinal, newKey, newPayload, origin);
  }

  /// Bytes of the record in its source; 0 where the source has none.
  public int sourceBytes() {
    return origin == null ? 0 : origin.bytes().length();
  }
}
