package dev.waybill.server.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// One real PostgreSQL for all tests of this module; it goes with the process.
public final class Databases {

  private static final EmbeddedPostgres SERVER = start();

  private Databases() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An address of it, without tables of the service and of the ledger.
  public static String emptyPostgres() {
    String url = SERVER.getJdbcUrl("postgres", "postgres");
    try (var connection = java.sql.DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("drop schema if exists waybill_service cascade");
      statement.execute("drop schema if exists waybill cascade");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "postgresql://postgres:secret-word@localhost:" + SERVER.getPort() + "/postgres";
  }
}
