package dev.waybill.flink.table;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import org.jspecify.annotations.Nullable;

/// A change that takes a record away, on its way as a record: its one field holds the key. No
/// column of SQL is called so.
final class Deletion {

  private static final FieldNames NAMES = FieldNames.of("$delete");

  private Deletion() {}

  static Fields of(Fields key) {
    return Fields.of(NAMES, key);
  }

  /// The key of the record to be taken away; null if this is no deletion.
  static @Nullable Fields key(Fields change) {
    return change.names().equals(NAMES) && change.value(0) instanceof Fields key ? key : null;
  }
}
