package dev.waybill.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteException;

/// Finds the rows at fault in a batch that SQLite refused: the driver writes a batch fast but does
/// not tell which row failed. So the rows are tried one by one, in a transaction that is rolled
/// back whatever comes of it.
record SqliteDiagnosis(SqliteWriter writer, Table table, Settings.Mode mode) {

  /// All rows that were refused; empty if none was, because a rule waits for the commit.
  Refusals find(List<Row> rows) throws SQLException {
    var refusals = new Refusals(mode);
    writer.begin();
    try {
      for (int i = 0; i < rows.size(); i++) {
        trial(rows.get(i), i, refusals);
      }
    } finally {
      writer.rollback();
    }
    return refusals;
  }

  private void trial(Row row, int position, Refusals refusals) throws SQLException {
    try {
      if (!writer.write(List.of(row)) && mode == Settings.Mode.INSERT) {
        refusals.add(position, Meaning.DUPLICATE, SqliteErrors.skipped(table));
      }
    } catch (SQLiteException e) {
      Meaning meaning = SqliteErrors.meaning(e);
      if (!meaning.isRefusal()) {
        throw e;
      }
      refusals.add(position, meaning, SqliteErrors.reason(e, table, row));
      writer.ensureTransaction();
    }
  }
}
