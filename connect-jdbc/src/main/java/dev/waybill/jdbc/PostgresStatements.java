package dev.waybill.jdbc;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The statements for PostgreSQL.
///
/// Many rows at once go as one array a column, so that the statement is the same for every batch
/// size and prepared once.
record PostgresStatements(Table table, Settings.Mode mode, List<Column> key) {

  String copy(Shape shape) {
    return "copy " + table.sql() + " (" + shape.sqlNames() + ") from stdin";
  }

  /// Takes one array of texts for each column.
  String insertArrays(Shape shape) {
    return Statements.insertInto(table, shape)
        + " select "
        + casts(shape.columns())
        + " from "
        + arrays(shape.columns())
        + onConflict(shape);
  }

  /// Takes one value for each column.
  String insertRow(Shape shape) {
    return Statements.insertInto(table, shape)
        + " values (?"
        + ", ?".repeat(shape.columns().size() - 1)
        + ")"
        + onConflict(shape);
  }

  /// Takes one array of texts for each key column; answers with the places, counted from 1, of the
  /// keys that are there.
  String find() {
    String same =
        IntStream.range(0, key.size())
            .mapToObj(i -> "t." + Quote.name(key.get(i).name()) + " = " + cast(key.get(i), i))
            .collect(Collectors.joining(" and "));
    return "select w.place from unnest("
        + marks(key)
        + ") with ordinality as w("
        + aliases(key)
        + ", place) where exists (select 1 from "
        + table.sql()
        + " t where "
        + same
        + ")";
  }

  /// Takes one array of texts for each key column; deletes the rows with these keys.
  String delete() {
    String same =
        IntStream.range(0, key.size())
            .mapToObj(i -> "t." + Quote.name(key.get(i).name()) + " = " + cast(key.get(i), i))
            .collect(Collectors.joining(" and "));
    return "delete from " + table.sql() + " t using " + arrays(key) + " where " + same;
  }

  private String onConflict(Shape shape) {
    return Statements.onConflict(mode, shape, key);
  }

  private static String arrays(List<Column> columns) {
    return "unnest(" + marks(columns) + ") as w(" + aliases(columns) + ")";
  }

  private static String marks(List<Column> columns) {
    return "?::text[]" + ", ?::text[]".repeat(columns.size() - 1);
  }

  private static String aliases(List<Column> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> "c" + i)
        .collect(Collectors.joining(", "));
  }

  private static String casts(List<Column> columns) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> cast(columns.get(i), i))
        .collect(Collectors.joining(", "));
  }

  private static String cast(Column column, int index) {
    return "w.c" + index + "::" + column.base();
  }
}
