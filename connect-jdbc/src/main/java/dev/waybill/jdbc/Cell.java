package dev.waybill.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// How a column's values become those of a record.
interface Cell {

  /// The value in this column of the row.
  ///
  /// @param index counted from 1
  @Nullable Object read(ResultSet row, int index) throws SQLException;
}
