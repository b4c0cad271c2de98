package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.SQLException;

/// The way into a PostgreSQL database that is read.
record PostgresAccess(PostgresLogin login) implements Access {

  @Override
  public String shown() {
    return "The PostgreSQL database " + login.shown();
  }

  /// One snapshot for the whole transaction (its manual, "Repeatable Read Isolation Level"). Large
  /// tables are read from their beginning, not from where another scan happens to be, so that a
  /// second reading has the same order.
  @Override
  public Connection snapshot() {
    Connection connection = login.connect();
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
      statement.execute("set local synchronize_seqscans = off");
      return connection;
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be read: " + text(e), e);
    }
  }

  @Override
  public Connection writing() {
    return login.connect();
  }

  @Override
  public String quoted(String name) {
    return Quote.name(name);
  }

  @Override
  public String text(SQLException error) {
    return PostgresErrors.text(error);
  }
}
