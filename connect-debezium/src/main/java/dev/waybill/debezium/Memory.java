package dev.waybill.debezium;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a flow knows of its source in its next life. How far the log was read the database
/// remembers, in the slot; that it can not tell whether the rows from before were all delivered.
///
/// @param table with its schema
record Memory(String slot, String table, Stage stage) {

  /// How far the rows have come that were there before the changes.
  enum Stage {
    /// The slot may have been made, and rows may have been delivered.
    BEGUN,
    /// All have come to their end.
    DONE
  }

  private static final FieldNames NAMES = FieldNames.of("slot", "table", "snapshot");

  /// What was kept; null if nothing was, or it is of another slot or table.
  static @Nullable Memory of(@Nullable String text, String slot, String table) {
    if (text == null) {
      return null;
    }
    try {
      if (Json.read(text) instanceof Fields fields
          && slot.equals(fields.text("slot"))
          && table.equals(fields.text("table"))) {
        return new Memory(
            slot, table, "done".equals(fields.text("snapshot")) ? Stage.DONE : Stage.BEGUN);
      }
    } catch (JacksonException e) {
      // it was not written by us, and tells nothing
    }
    return null;
  }

  String text() {
    return Json.text(Fields.of(NAMES, slot, table, stage == Stage.DONE ? "done" : "begun"));
  }
}
