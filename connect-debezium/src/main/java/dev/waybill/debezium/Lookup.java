package dev.waybill.debezium;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/// Asks the table for values that the log does not have: those that are long (more than 2 kB, by
/// default) and that a change of the row left alone (the manual, "TOAST").
final class Lookup {

  private final Connection connection;
  private final Site.Table table;

  Lookup(Connection connection, Site.Table table) {
    this.connection = connection;
    this.table = table;
  }

  /// Some columns of a row, as they are by now; empty if the row is not there any more.
  ///
  /// @param row with its key
  Map<String, @Nullable Object> now(List<Field> columns, Struct row) throws SQLException {
    if (table.key().isEmpty()) {
      return Map.of();
    }
    try (var statement = connection.prepareStatement(query(columns))) {
      int index = 0;
      for (String name : table.key().keySet()) {
        statement.setString(++index, String.valueOf(row.getWithoutDefault(name)));
      }
      try (ResultSet found = statement.executeQuery()) {
        var values = new HashMap<String, @Nullable Object>();
        if (found.next()) {
          for (int i = 0; i < columns.size(); i++) {
            Kind kind = Kind.of(columns.get(i).schema());
            Object given = kind.given(raw(found, i + 1, kind));
            values.put(columns.get(i).name(), given == null ? null : kind.taken(given));
          }
        }
        return values;
      }
    }
  }

  private String query(List<Field> columns) throws SQLException {
    try (var quoting = connection.createStatement()) {
      var names = new StringBuilder();
      for (Field column : columns) {
        names.append(names.isEmpty() ? "" : ", ");
        names.append(quoting.enquoteIdentifier(column.name(), true));
      }
      var condition = new StringBuilder();
      for (var column : table.key().entrySet()) {
        condition.append(condition.isEmpty() ? "" : " and ");
        condition.append(quoting.enquoteIdentifier(column.getKey(), true));
        condition.append(" = ?::").append(column.getValue());
      }
      return "select %s from %s.%s where %s"
          .formatted(
              names,
              quoting.enquoteIdentifier(table.schema(), true),
              quoting.enquoteIdentifier(table.name(), true),
              condition);
    }
  }

  private static @Nullable Object raw(ResultSet row, int index, Kind kind) throws SQLException {
    if (kind == Kind.LIST) {
      return row.getArray(index);
    }
    return row.getMetaData().getColumnType(index) == Types.BINARY
        ? row.getBytes(index)
        : row.getString(index);
  }
}
