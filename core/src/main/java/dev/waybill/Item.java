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
/// @param prepared what the destination made of it ahead of its call, for its own use; null where
///   it has made nothing
public record Item<T>(
    long ordinal,
    @Nullable String key,
    T payload,
    @Nullable Origin origin,
    @Nullable Object prepared) {

  public Item {
    if (ordinal < 1) {
      throw new IllegalArgumentException("ordinals count from 1, not " + ordinal);
    }
  }

  /// An item as its source gave it, of which no destination has made anything yet.
  public Item(long ordinal, @Nullable String key, T payload, @Nullable Origin origin) {
    this(ordinal, key, payload, origin, null);
  }

  /// An item without key and origin, as a program submits it.
  public static <T> Item<T> of(long ordinal, T payload) {
    return new Item<>(ordinal, null, payload, null);
  }

  /// The same record with another key and payload, as a mapping makes it.
  public <U> Item<U> as(@Nullable String newKey, U newPayload) {
    return new Item<>(ordinal, newKey, newPayload, origin);
  }

  /// The same with what the destination made of it.
  public Item<T> prepared(Object made) {
    return new Item<>(ordinal, key, payload, origin, made);
  }

  /// The same at another position.
  public Item<T> at(long position) {
    return new Item<>(position, key, payload, origin, prepared);
  }

  /// Bytes of the record in its source; 0 where the source has none.
  public int sourceBytes() {
    return origin == null ? 0 : origin.bytes().length();
  }
}
