package dev.waybill.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// One real PostgreSQL for all tests; it goes with the process.
final class PostgresServer {

  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  static String address() {
    return "postgresql://postgres:secret-word@localhost:" + port() + "/postgres";
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(SERVER.getJdbcUrl("postgres", "postgres"));
  }

  /// Without a ledger.
  static void empty() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("drop schema if exists waybill cascade");
    }
  }
}
