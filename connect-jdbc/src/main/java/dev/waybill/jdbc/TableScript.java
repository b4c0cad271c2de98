package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The SQL that makes a missing table.
final class TableScript {

  private TableScript() {}

  /// What the user wrote.
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException(
          "The file " + file + " of the option 'schema' can not be read; is the name right?", e);
    }
  }

  /// A table with these columns, of which the key's make up the primary key.
  ///
  /// @param typeName what the database calls a type
  static String generate(
      String tableSql,
      Map<String, ColumnType> columns,
      List<String> key,
      Function<ColumnType, String> typeName) {
    for (String name : key) {
      if (!columns.containsKey(name)) {
        throw new UserException(
            "The key column '" + name + "' is not in the data, which has " + columns.keySet());
      }
    }
    var lines = new ArrayList<String>();
    columns.forEach(
        (name, type) ->
            lines.add(
                Quote.name(name)
                    + " "
                    + typeName.apply(type)
                    + (key.contains(name) ? " not null" : "")));
    if (!key.isEmpty()) {
      lines.add(
          "primary key (" + key.stream().map(Quote::name).collect(Collectors.joining(", ")) + ")");
    }
    return "create table " + tableSql + " (\n  " + String.join(",\n  ", lines) + "\n)";
  }
}
