package dev.waybill.jdbc;

import org.jspecify.annotations.Nullable;

/// A record as it is sent: one converted value for each column of its shape.
final class Row {

  private final Shape shape;
  private final @Nullable Object[] values;

  /// @param values null, [Long], [Double], [Boolean] or [String], as [ColumnType#convert] makes
  ///   them; kept, not copied
  Row(Shape shape, @Nullable Object[] values) {
    this.shape = shape;
    this.values = values;
  }

  Shape shape() {
    return shape;
  }

  int size() {
    return values.length;
  }

  /// The value at a position, counted from 0.
  @Nullable Object value(int index) {
    return values[index];
  }

  /// The value for a column; null if it is null or not filled.
  @Nullable Object value(String columnName) {
    int index = shape.indexOf(columnName);
    return index < 0 ? null : values[index];
  }
}
