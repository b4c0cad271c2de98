package dev.waybill.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/// The columns that a record fills, in the order of its fields. Records with the same fields share
/// one, and a statement is prepared for it once. Equal to itself alone, because it is looked up for
/// every row.
final class Shape {

  private final List<Column> columns;

  Shape(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  List<Column> columns() {
    return columns;
  }

  /// The names as they stand in a statement: `"id", "email"`.
  String sqlNames() {
    return columns.stream().map(c -> Quote.name(c.name())).collect(Collectors.joining(", "));
  }

  /// Where a column stands among these, counted from 0; -1 if it is not filled.
  int indexOf(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        return i;
      }
    }
    return -1;
  }
}
