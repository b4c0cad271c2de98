package dev.waybill.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// A database of a real PostgreSQL; it is taken away by closing it to all and ending its sessions.
final class PostgresSubject extends TableSubject {

  private static final String PLACE = "localhost:" + PostgresServer.port() + "/contract";

  // A database takes the server a second to make, so all subjects share one.
  static {
    try {
      admin("create database contract");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  PostgresSubject(String mode) throws SQLException {
    super(new PostgresProvider(), Map.of("mode", mode, "connect-timeout", "500ms"));
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("drop table if exists contacts");
      statement.execute(TABLE);
    }
  }

  @Override
  String address() {
    return "postgresql://postgres:secret-word@" + PLACE;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://" + PLACE + "?user=postgres");
  }

  @Override
  public FarSide breakDown() throws SQLException {
    admin(
        "alter database contract with allow_connections false",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'contract' and"
            + " application_name = 'waybill'");
    return FarSide.BROKEN;
  }

  @Override
  public void mend() throws SQLException {
    admin("alter database contract with allow_connections true");
  }

  @Override
  public List<String> secrets() {
    return List.of("secret-word");
  }

  private static void admin(String... statements) throws SQLException {
    try (var connection = PostgresServer.connect();
        var statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
