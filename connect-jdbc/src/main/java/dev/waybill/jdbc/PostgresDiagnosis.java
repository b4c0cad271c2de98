package dev.waybill.jdbc;

import dev.waybill.Reason;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds the rows at fault in a batch that PostgreSQL refused.
///
/// A COPY or a statement of many rows does not always tell which row displeased it. So the rows are
/// tried once more, each as a statement of its own but all under way at once, in a transaction that
/// is rolled back whatever comes of it. Behind a row that fails the trial goes on.
record PostgresDiagnosis(
    PostgresStatements statements, Map<String, PostgresTables.Rule> rules, Table table) {

  /// How often the batch's size may be sent in search of its bad rows; what is not found then will
  /// be found when the rest is sent again.
  private static final int EFFORT = 8;

  /// Statements under way at once: so many that the number of each has no thousands separator.
  private static final int PIPELINED = 1_000;

  private static final Pattern FIRST_NUMBER = Pattern.compile("\\p{Nd}+");

  /// The rows that were refused, possibly not all of them; empty if none was, this time.
  Refusals find(Connection connection, List<Row> rows) throws SQLException {
    var refusals = new Refusals(statements.mode());
    try (Statement transaction = connection.createStatement()) {
      // Rules that wait for the commit would not be met here.
      transaction.execute("set constraints all immediate");
      int from = 0;
      long effort = (long) EFFORT * rows.size();
      while (from < rows.size() && effort > 0) {
        transaction.execute("savepoint trial");
        effort -= rows.size() - from;
        int passed = trial(connection, rows, from, rows.size(), refusals);
        if (from + passed < rows.size()) {
          // The failure undid those before it, which later rows may clash with.
          transaction.execute("rollback to savepoint trial");
          trial(connection, rows, from, from + passed, new Refusals(statements.mode()));
          effort -= passed;
        }
        from += passed + 1;
      }
    } finally {
      connection.rollback();
    }
    return refusals;
  }

  /// Sends rows until one is refused, which it notes.
  ///
  /// @return how many passed
  private int trial(Connection connection, List<Row> rows, int from, int to, Refusals refusals)
      throws SQLException {
    int at = from;
    while (at < to) {
      Shape shape = rows.get(at).shape();
      int end = at;
      try (var statement = connection.prepareStatement(statements.insertRow(shape))) {
        while (end < to && end - at < PIPELINED && rows.get(end).shape() == shape) {
          bind(statement, rows.get(end++));
        }
        int[] counts = statement.executeBatch();
        for (int i = 0; i < counts.length; i++) {
          if (counts[i] == 0 && statements.mode() == Settings.Mode.INSERT) {
            refusals.add(at + i, Meaning.BAD_ROW, skipped(table));
          }
        }
      } catch (BatchUpdateException e) {
        SQLException cause = e.getNextException() == null ? e : e.getNextException();
        Meaning meaning = PostgresErrors.meaning(cause);
        int entry = entry(e);
        if (!meaning.isRefusal() || entry >= end - at) {
          throw cause;
        }
        int failed = at + entry;
        refusals.add(failed, meaning, PostgresErrors.reason(cause, rows.get(failed), rules));
        return failed - from;
      }
      at = end;
    }
    return to - from;
  }

  private static void bind(PreparedStatement statement, Row row) throws SQLException {
    for (int c = 0; c < row.size(); c++) {
      // Without a type of its own the parameter takes the column's.
      statement.setObject(c + 1, PostgresWriter.text(row.value(c)), Types.OTHER);
    }
    statement.addBatch();
  }

  /// Which statement failed, counted from 0. The driver tells it by no other means than its text
  /// ("Batch entry 7 …"), in the user's language and digits. If it should ever be misread, a row is
  /// suspected that is innocent, and acquitted when it is sent alone.
  private static int entry(BatchUpdateException error) {
    var number = FIRST_NUMBER.matcher(String.valueOf(error.getMessage()));
    return number.find() ? Integer.parseInt(number.group()) : Integer.MAX_VALUE;
  }

  /// The reason for a row that was left out without an error.
  static Reason skipped(Table table) {
    return Reason.of("skipped", table.name() + " took no row: a trigger skipped it");
  }
}
