package dev.waybill.ledger;

import dev.waybill.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/// Brings a ledger's tables up to what this program expects: the scripts `1.sql` to `N.sql`, each
/// once, each with its number in `schema_version`, all in one transaction.
///
/// What the databases call differently stands in the scripts as `${word}`.
final class Migrations {

  private static final String SCRIPTS = "/dev/waybill/ledger/";

  private Migrations() {}

  /// The version that this program expects.
  static int newest() {
    int version = 0;
    while (Migrations.class.getResource(SCRIPTS + (version + 1) + ".sql") != null) {
      version++;
    }
    return version;
  }

  static void apply(Database database, Connection connection, Instant now) throws SQLException {
    int newest = newest();
    // Most ledgers are up to date, and looking costs no lock.
    if (database.hasTable(connection, "schema_version")
        && version(database, connection, newest) == newest) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      database.lockSchema(connection);
      if (!database.hasTable(connection, "schema_version")) {
        database.checkEmpty(connection);
        run(
            connection,
            "CREATE TABLE schema_version (version int PRIMARY KEY, applied_at text NOT NULL)");
      }
      for (int version = version(database, connection, newest) + 1; version <= newest; version++) {
        apply(connection, script(version), database.words());
        record(connection, version, now);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static int version(Database database, Connection connection, int newest)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
      row.next();
      int version = row.getInt(1);
      if (version > newest) {
        throw new UserException(
            ("the ledger %s is of version %d, and this program knows versions up to %d only;"
                    + " use a newer waybill, or name another ledger")
                .formatted(database.name(), version, newest));
      }
      return version;
    }
  }

  private static void apply(Connection connection, String script, Map<String, String> words)
      throws SQLException {
    String sql = script;
    for (var word : words.entrySet()) {
      sql = sql.replace("${" + word.getKey() + "}", word.getValue());
    }
    for (String statement : sql.split(";\\s*\\R", -1)) {
      if (!statement.isBlank()) {
        run(connection, statement);
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void record(Connection connection, int version, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?)")) {
      insert.setInt(1, version);
      insert.setString(2, Times.text(now));
      insert.executeUpdate();
    }
  }

  private static String script(int version) {
    try (InputStream in = Migrations.class.getResourceAsStream(SCRIPTS + version + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("script " + version + " is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
