package dev.waybill.sql;

import dev.waybill.UserException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// One file of SQLite.
///
/// @param what the file is, with its article: `the ledger`
/// @param application four letters by which `file` can tell it from other databases
///   (https://sqlite.org/pragma.html#pragma_application_id)
public record SqliteSchema(String what, Path file, int application) implements Schema {

  @Override
  public Map<String, String> words() {
    return Map.of(
        "identity", "integer PRIMARY KEY",
        "integer", "integer",
        "bytes", "blob",
        "clustered", "WITHOUT ROWID");
  }

  @Override
  public Set<String> tables(Connection connection) throws SQLException {
    var tables = new HashSet<String>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name FROM sqlite_master")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  @Override
  public void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Any write locks.
      statement.execute("PRAGMA application_id = " + application);
    }
  }

  @Override
  public UserException foreign() {
    String bare = what.replaceFirst("^the ", "");
    return new UserException(
        "%s is there, but is not %s %s of waybill; name another place for %s"
            .formatted(file, "aeiou".indexOf(bare.charAt(0)) < 0 ? "a" : "an", bare, what));
  }

  @Override
  public UserException newer(int version, int known) {
    return newer(what + " " + file, version, known, what);
  }

  static UserException newer(String named, int version, int known, String what) {
    return new UserException(
        ("%s is of version %d, and this program knows versions up to %d only; use a newer waybill,"
                + " or name another %s")
            .formatted(named, version, known, what.replaceFirst("^the ", "")));
  }
}
