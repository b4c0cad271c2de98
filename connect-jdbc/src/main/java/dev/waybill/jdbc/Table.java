package dev.waybill.jdbc;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table that records go to.
///
/// @param name as messages show it
/// @param sql as it stands in statements, quoted
record Table(String name, String sql, List<Column> columns) {

  /// The column of this name, in the same case or, if only one differs by case, that; null if there
  /// is none.
  @Nullable Column column(String wanted) {
    Column alike = null;
    for (Column column : columns) {
      if (column.name().equals(wanted)) {
        return column;
      }
      if (column.name().equalsIgnoreCase(wanted)) {
        if (alike != null) {
          return null;
        }
        alike = column;
      }
    }
    return alike;
  }

  /// The columns' names, for a message.
  String listed() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
