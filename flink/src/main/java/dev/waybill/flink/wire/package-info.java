/// How items, receipts and fields go over Flink's wires and into its state.
///
/// Knows the words and Flink's serializers; nothing here delivers.
@NullMarked
package dev.waybill.flink.wire;

import org.jspecify.annotations.NullMarked;
