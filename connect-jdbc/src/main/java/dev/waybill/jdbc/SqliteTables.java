package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Looks up the table in an SQLite file, or plans it.
final class SqliteTables {

  private final Path file;
  private final Settings settings;

  SqliteTables(Path file, Settings settings) {
    this.file = file;
    this.settings = settings;
  }

  /// The table's name.
  String name(Connection connection) throws SQLException {
    if (settings.table() == null) {
      throw new UserException(
          "Into which table? " + existing(connection) + "; name one: --table NAME");
    }
    return settings.table();
  }

  /// The SQL that makes the table; null if it is there.
  ///
  /// @throws UserException if it is not there and must not be made
  @Nullable String creation(Connection connection, Delivery delivery) throws SQLException {
    String name = name(connection);
    if (find(connection, name) != null) {
      return null;
    }
    if (settings.schema() != null) {
      return TableScript.read(settings.schema());
    }
    if (!settings.createTable()) {
      throw new UserException(
          "There is no table '"
              + name
              + "': "
              + existing(connection)
              + "; name one with --table, or have it made with --option create-table=true");
    }
    var columns =
        TypeInference.columns(delivery.columns().asList(), delivery.sample(), settings.types());
    if (columns.isEmpty()) {
      throw new UserException(
          "The table '" + name + "' can not be made from data that has no columns");
    }
    return TableScript.generate(Quote.name(name), columns, settings.key(), SqliteTables::typeName);
  }

  /// The table; there must be one.
  Table load(Connection connection) throws SQLException {
    String name = find(connection, name(connection));
    if (name == null) {
      throw new UserException(
          "The file "
              + settings.schema()
              + " makes no table '"
              + settings.table()
              + "': "
              + existing(connection)
              + "; name one with --table");
    }
    var columns = new ArrayList<Column>();
    try (var statement =
        connection.prepareStatement(
            "select name, type from pragma_table_xinfo(?) where hidden = 0 order by cid")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          String declared = rows.getString(2);
          columns.add(new Column(rows.getString(1), typeOf(declared), declared, declared));
        }
      }
    }
    return new Table(name, Quote.name(name), List.copyOf(columns));
  }

  boolean exists(Connection connection, String name) throws SQLException {
    return find(connection, name) != null;
  }

  private @Nullable String find(Connection connection, String wanted) throws SQLException {
    for (String name : names(connection)) {
      if (name.equalsIgnoreCase(wanted)) {
        return name;
      }
    }
    return null;
  }

  private String existing(Connection connection) throws SQLException {
    List<String> names = names(connection);
    return names.isEmpty()
        ? file + " has no tables"
        : file + " has the tables " + String.join(", ", names);
  }

  private static List<String> names(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select name from sqlite_schema where type = 'table'"
                    + " and name not like 'sqlite\\_%' escape '\\' order by name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /// A declared type by its name, else by the affinity that SQLite gives it
  /// (https://sqlite.org/datatype3.html, section 3.1).
  private static ColumnType typeOf(String declared) {
    String name = declared.toUpperCase(Locale.ROOT).replaceFirst("\\(.*", "").strip();
    return switch (name) {
      case "BOOLEAN", "BOOL" -> ColumnType.BOOLEAN;
      case "DATE" -> ColumnType.DATE;
      case "TIMESTAMP", "DATETIME" -> ColumnType.TIMESTAMP;
      case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> ColumnType.TIMESTAMPTZ;
      case "NUMERIC", "DECIMAL" -> ColumnType.DECIMAL;
      default ->
          name.contains("INT")
              ? ColumnType.INTEGER
              : name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")
                  ? ColumnType.TEXT
                  : name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")
                      ? ColumnType.REAL
                      : ColumnType.OTHER;
    };
  }

  private static String typeName(ColumnType type) {
    return switch (type) {
      case TEXT, OTHER -> "text";
      case INTEGER -> "integer";
      case DECIMAL -> "numeric";
      case REAL -> "real";
      case BOOLEAN -> "boolean";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMPTZ -> "timestamptz";
    };
  }
}
