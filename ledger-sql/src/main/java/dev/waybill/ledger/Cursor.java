package dev.waybill.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Rows that are read one after the other.
///
/// @param <T> what a row is made into
record Cursor<T>(PreparedStatement statement, ResultSet rows, Reading<T> reading)
    implements AutoCloseable {

  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// The next one; null if there is none.
  @Nullable T next() throws SQLException {
    return rows.next() ? reading.read(rows) : null;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
