package dev.waybill.flink.source;

import dev.waybill.Fields;
import dev.waybill.files.Position;
import dev.waybill.files.Survey;
import dev.waybill.flink.wire.Parcel;
import org.jspecify.annotations.Nullable;

/// What a reader comes upon.
sealed interface Found {

  /// A record.
  ///
  /// @param after how the split goes on behind it
  record Read(Parcel<Fields> parcel, Mark after) implements Found {}

  /// What a part of a file is like.
  record Surveyed(int file, Survey survey) implements Found {}

  /// How far a reader is.
  ///
  /// @param at where the next row begins; null where there are no positions
  /// @param done records so far, of the split or all
  /// @param digest of these, where there are no positions
  record Mark(@Nullable Position at, long done, long digest) {}
}
