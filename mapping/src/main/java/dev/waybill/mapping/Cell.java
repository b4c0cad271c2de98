package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one column as it is.
///
/// @param column the name that the user knows
/// @param position where it stands in the record; -1 if records of this shape do not have it
/// @param path where the value stands inside that column's nested record; empty for the column
///   itself
record Cell(String column, int position, List<String> path) implements Step {

  /// The column of this name, or the nested value that this dotted name leads to.
  static Cell find(String column, FieldNames names) {
    int position = names.indexOf(column);
    if (position >= 0) {
      return new Cell(column, position, List.of());
    }
    for (int dot = column.lastIndexOf('.'); dot > 0; dot = column.lastIndexOf('.', dot - 1)) {
      position = names.indexOf(column.substring(0, dot));
      if (position >= 0) {
        return new Cell(column, position, List.of(column.substring(dot + 1).split("\\.")));
      }
    }
    return new Cell(column, -1, List.of());
  }

  @Override
  public @Nullable Object from(Fields source) {
    if (position < 0) {
      return null;
    }
    Object value = source.value(position);
    for (String name : path) {
      if (!(value instanceof Fields nested)) {
        return null;
      }
      value = nested.get(name);
    }
    return value;
  }
}
