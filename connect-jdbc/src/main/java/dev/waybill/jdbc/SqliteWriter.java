package dev.waybill.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection's prepared statements. Used by one thread at a time.
final class SqliteWriter implements AutoCloseable {

  /// Records of JSON Lines may come in many shapes; beyond this many the oldest is prepared anew.
  private static final int PREPARED = 64;

  private final Connection connection;
  private final Table table;
  private final Settings.Mode mode;
  private final List<Column> key;
  private final Statement transaction;
  private final Map<Shape, PreparedStatement> inserts = new LinkedHashMap<>();
  private @Nullable PreparedStatement find;

  SqliteWriter(Connection connection, Table table, Settings.Mode mode, List<Column> key)
      throws SQLException {
    this.connection = connection;
    this.table = table;
    this.mode = mode;
    this.key = key;
    this.transaction = connection.createStatement();
  }

  void begin() throws SQLException {
    // At once the right to write: to ask for it in the middle could fail without being waited for.
    transaction.executeUpdate("begin immediate");
  }

  void commit() throws SQLException {
    transaction.executeUpdate("commit");
  }

  /// Ends the transaction with nothing applied; SQLite may have done so by itself.
  void rollback() {
    try {
      transaction.executeUpdate("rollback");
    } catch (SQLException e) {
      // "no transaction is active": it was rolled back with the error that brings us here
    }
  }

  /// Makes sure that there is a transaction, after a row that may have ended it (a rule that says
  /// ON CONFLICT ROLLBACK): what follows must never be committed row by row.
  void ensureTransaction() {
    try {
      transaction.executeUpdate("begin immediate");
    } catch (SQLException e) {
      // "cannot start a transaction within a transaction": all is well
    }
  }

  /// Writes rows, in order.
  ///
  /// Always by the driver's batches: its executeUpdate prepares the statement anew for every row,
  /// which takes three times as long as the writing.
  ///
  /// @return false if a rule of the table skipped some row without an error
  boolean write(List<Row> rows) throws SQLException {
    boolean complete = true;
    for (int from = 0; from < rows.size(); ) {
      Shape shape = rows.get(from).shape();
      int to = from + 1;
      while (to < rows.size() && rows.get(to).shape() == shape) {
        to++;
      }
      complete &= write(shape, rows.subList(from, to));
      from = to;
    }
    return complete;
  }

  private boolean write(Shape shape, List<Row> rows) throws SQLException {
    PreparedStatement insert = insert(shape);
    try {
      for (Row row : rows) {
        for (int i = 0; i < row.size(); i++) {
          bind(insert, i + 1, row.value(i));
        }
        insert.addBatch();
      }
      for (int written : insert.executeBatch()) {
        if (written == 0) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      // The driver leaves a failed statement in the middle of things.
      inserts.remove(shape);
      insert.close();
      throw e;
    }
  }

  /// Whether there is a row with this key.
  boolean has(List<Object> keyValues) throws SQLException {
    if (find == null) {
      var conditions = new ArrayList<String>();
      key.forEach(column -> conditions.add(Quote.name(column.name()) + " = ?"));
      find =
          connection.prepareStatement(
              "select 1 from " + table.sql() + " where " + String.join(" and ", conditions));
    }
    for (int i = 0; i < keyValues.size(); i++) {
      bind(find, i + 1, keyValues.get(i));
    }
    try (var rows = find.executeQuery()) {
      return rows.next();
    }
  }

  private PreparedStatement insert(Shape shape) throws SQLException {
    PreparedStatement insert = inserts.get(shape);
    if (insert == null) {
      if (inserts.size() >= PREPARED) {
        var oldest = inserts.entrySet().iterator();
        oldest.next().getValue().close();
        oldest.remove();
      }
      insert = connection.prepareStatement(sql(table, mode, key, shape));
      inserts.put(shape, insert);
    }
    return insert;
  }

  static String sql(Table table, Settings.Mode mode, List<Column> key, Shape shape) {
    String marks = "?" + ", ?".repeat(Math.max(0, shape.columns().size() - 1));
    return Statements.insertInto(table, shape)
        + " values ("
        + marks
        + ")"
        + Statements.onConflict(mode, shape, key);
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Double number -> statement.setDouble(index, number);
      case Boolean truth -> statement.setInt(index, truth ? 1 : 0);
      default -> throw new IllegalArgumentException("a value of " + value.getClass());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
