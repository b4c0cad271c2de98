package dev.waybill.sql;

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
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/// Brings the tables of a room up to what this program expects: the scripts `1.sql` to `N.sql` that
/// lie beside a class of the room, each once, each with its number in a table, all in one
/// transaction.
///
/// @param room a class of the room
/// @param versions the table that counts the scripts; its name begins with `schema_version`
public record Migrations(Class<?> room, String versions) {

  private static final String PREFIX = "schema_version";

  public Migrations {
    if (!versions.startsWith(PREFIX)) {
      throw new IllegalArgumentException(versions);
    }
  }

  private int newest() {
    int version = 0;
    while (room.getResource((version + 1) + ".sql") != null) {
      version++;
    }
    return version;
  }

  /// Runs the scripts that were not run yet.
  ///
  /// @param connection committing by itself
  /// @throws dev.waybill.UserException if the tables that are there are of somebody else, or of a
  ///   newer program
  public void apply(Schema schema, Connection connection, Instant now) throws SQLException {
    int newest = newest();
    // Most are up to date, and looking costs no lock.
    if (schema.tables(connection).contains(versions)
        && version(schema, connection, newest) == newest) {
      return;
    }
    connection.setAutoCommit(false);
    try {
      schema.lock(connection);
      Set<String> tables = schema.tables(connection);
      if (!tables.contains(versions)) {
        if (!tables.isEmpty() && tables.stream().noneMatch(table -> table.startsWith(PREFIX))) {
          throw schema.foreign();
        }
        run(
            connection,
            "CREATE TABLE " + versions + " (version int PRIMARY KEY, applied_at text NOT NULL)");
      }
      for (int version = version(schema, connection, newest) + 1; version <= newest; version++) {
        apply(connection, script(version), schema.words());
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

  private int version(Schema schema, Connection connection, int newest) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT coalesce(max(version), 0) FROM " + versions)) {
      row.next();
      int version = row.getInt(1);
      if (version > newest) {
        throw schema.newer(version, newest);
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

  private void record(Connection connection, int version, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + versions + " VALUES (?, ?)")) {
      insert.setInt(1, version);
      insert.setString(2, now.truncatedTo(ChronoUnit.MILLIS).toString());
      insert.executeUpdate();
    }
  }

  private String script(int version) {
    try (InputStream in = room.getResourceAsStream(version + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("script " + version + " of " + room + " is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
