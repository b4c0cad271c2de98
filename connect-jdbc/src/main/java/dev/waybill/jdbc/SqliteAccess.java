package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/// The way into an SQLite file that is read.
record SqliteAccess(Path file, Duration busyTimeout) implements Access {

  @Override
  public String shown() {
    return "The SQLite file " + file;
  }

  /// A transaction sees the file as it was at its first reading
  /// (https://sqlite.org/isolation.html).
  @Override
  public Connection snapshot() {
    return connect();
  }

  private Connection connect() {
    var config = new SQLiteConfig();
    config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be opened: " + text(e), e);
    }
  }

  /// Only with a write-ahead log can one write while another reads.
  @Override
  public Connection writing() {
    Connection connection = connect();
    try (var statement = connection.createStatement();
        var mode = statement.executeQuery("pragma journal_mode")) {
      if (mode.next() && mode.getString(1).equalsIgnoreCase("wal")) {
        return connection;
      }
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be opened: " + text(e), e);
    }
    throw new UserException(
        shown()
            + " can not be written back to while it is read: give it a write-ahead log, once, by:"
            + " sqlite3 "
            + file
            + " 'pragma journal_mode=wal'");
  }

  @Override
  public String quoted(String name) {
    return Quote.name(name);
  }

  /// The column's declared type binds no value.
  @Override
  public Cell cell(ResultSetMetaData meta, int index) {
    return StandardCell.ANY;
  }

  @Override
  public String text(SQLException error) {
    return error instanceof SQLiteException sqlite
        ? SqliteErrors.text(sqlite)
        : String.valueOf(error.getMessage());
  }
}
