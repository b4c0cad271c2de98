package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.sql.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/// An SQLite database that can not grow: a limit on its pages is to SQLite what a full disk is.
record SmallDisk(Database database) implements Database {

  @Override
  public Connection connect() throws SQLException {
    Connection connection = database.connect();
    try (var statement = connection.createStatement()) {
      // Less than there are means: as many as there are.
      statement.execute("PRAGMA max_page_count = 1");
    }
    return connection;
  }

  @Override
  public Connection connectToStream() throws SQLException {
    return connect();
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public Schema schema() {
    return database.schema();
  }

  @Override
  public ItemRows itemRows(Connection connection, long run) throws SQLException {
    return database.itemRows(connection, run);
  }

  @Override
  public Clock clock(Connection connection, Clock local) throws SQLException {
    return database.clock(connection, local);
  }

  @Override
  public UserException explain(SQLException error) {
    return database.explain(error);
  }
}
