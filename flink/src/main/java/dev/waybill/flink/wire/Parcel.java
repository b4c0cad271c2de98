package dev.waybill.flink.wire;

import dev.waybill.Item;
import dev.waybill.Reason;
import org.jspecify.annotations.Nullable;

/// What a source of Waybill reads: an item, or one that was refused before it could be sent.
///
/// @param refusal why it was refused; null if it was not
public record Parcel<T>(Item<T> item, @Nullable Reason refusal) {}
