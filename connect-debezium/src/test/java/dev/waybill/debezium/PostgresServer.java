package dev.waybill.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A real PostgreSQL whose log can be read; one for all tests, which goes with the process.
final class PostgresServer {

  private static final EmbeddedPostgres SERVER = start();

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "off")
          .setServerConfig("wal_level", "logical")
          .setServerConfig("max_replication_slots", "40")
          .setServerConfig("max_wal_senders", "40")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String place() {
    return "localhost:" + SERVER.getPort() + "/postgres";
  }

  static String address() {
    return "postgresql-changes://postgres@" + place();
  }

  static void run(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      run(connection, statements);
    }
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(SERVER.getJdbcUrl("postgres", "postgres"));
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String ask(String query) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /// A server notices a little later that a connection was closed.
  static void awaitNobodyReads() throws SQLException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!ask("select count(*) from pg_replication_slots where active").equals("0")) {
      assertThat(System.nanoTime()).as("waited long enough for the server").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
