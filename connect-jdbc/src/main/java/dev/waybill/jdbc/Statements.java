package dev.waybill.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/// The statements that both databases understand word for word.
final class Statements {

  private Statements() {}

  /// `insert into "t" ("a", "b")`, to be followed by what to insert.
  static String insertInto(Table table, Shape shape) {
    return "insert into " + table.sql() + " (" + shape.sqlNames() + ")";
  }

  /// What an insert does with a row whose key is there already; nothing of its own for
  /// [Settings.Mode#INSERT].
  ///
  /// @param key the table's key columns
  static String onConflict(Settings.Mode mode, Shape shape, List<Column> key) {
    if (mode == Settings.Mode.INSERT) {
      return "";
    }
    String target = key.stream().map(c -> Quote.name(c.name())).collect(Collectors.joining(", "));
    String updates =
        shape.columns().stream()
            .filter(column -> key.stream().noneMatch(k -> k.name().equals(column.name())))
            .map(column -> Quote.name(column.name()) + " = excluded." + Quote.name(column.name()))
            .collect(Collectors.joining(", "));
    return " on conflict ("
        + target
        + ") do "
        + (updates.isEmpty() ? "nothing" : "update set " + updates);
  }
}
