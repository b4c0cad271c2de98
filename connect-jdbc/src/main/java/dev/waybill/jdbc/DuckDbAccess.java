package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The way into DuckDB, a database inside this process that reads a file of its own or, without
/// one, whatever files a query names.
///
/// @param file null if there is none
/// @param settings DuckDB's
record DuckDbAccess(@Nullable Path file, Properties settings) implements Access {

  @Override
  public String shown() {
    return file == null ? "DuckDB" : "The DuckDB file " + file;
  }

  /// The file is opened for reading only, and as long as it is nobody else can open it for writing.
  @Override
  public Connection snapshot() {
    var properties = new Properties();
    properties.putAll(settings);
    properties.setProperty("jdbc_stream_results", "true");
    if (file != null) {
      properties.setProperty("duckdb.read_only", "true");
    }
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:duckdb:" + (file == null ? "" : file.toAbsolutePath()), properties);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be opened: " + text(e), e);
    }
  }

  /// The files that a name or a pattern means now, in the order of their names.
  ///
  /// @throws UserException if there is none
  List<String> files(String pattern) {
    var files = new ArrayList<String>();
    try (Connection connection = snapshot();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "select file from glob(" + Quote.text(pattern) + ") order by 1")) {
      while (found.next()) {
        files.add(found.getString(1));
      }
    } catch (SQLException e) {
      throw new UserException(pattern + " can not be read: " + text(e), e);
    }
    if (files.isEmpty()) {
      throw new UserException("There is no file " + pattern + " to read");
    }
    return files;
  }

  @Override
  public Connection writing() {
    throw new UserException(
        "A DuckDB file is open either for reading or for writing, so dispositions can not be"
            + " written back into it: leave out --write-back");
  }

  @Override
  public String quoted(String name) {
    return Quote.name(name);
  }

  @Override
  public Cell cell(ResultSetMetaData meta, int index) throws SQLException {
    return DuckDbCell.of(meta, index);
  }

  /// What stands behind an empty line shows the statement, or sends to DuckDB's pages.
  @Override
  public String text(SQLException error) {
    String message = error.getMessage();
    if (message == null) {
      return "the driver gave no message";
    }
    int end = message.indexOf("\n\n");
    return (end < 0 ? message : message.substring(0, end)).strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
