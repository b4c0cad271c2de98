package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The columns by which the table knows a record; none if the user declared no key.
record Key(List<Column> columns) {

  /// An item's key.
  sealed interface Values {

    /// One value for each key column, none of them null.
    record Known(List<Object> values) implements Values {}

    /// It has none that the table could be asked for.
    record Missing(Reason reason) implements Values {}
  }

  static Key of(Table table, Settings settings) {
    var columns = new ArrayList<Column>();
    for (String name : settings.key()) {
      Column column = table.column(name);
      if (column == null) {
        throw new UserException(
            "The key column '"
                + name
                + "' is not in the table "
                + table.name()
                + ", which has "
                + table.listed());
      }
      columns.add(column);
    }
    return new Key(List.copyOf(columns));
  }

  Values valuesOf(Item<Fields> item, RowEncoder encoder) {
    if (columns.isEmpty()) {
      return new Values.Missing(Reason.of("no key was declared to look the record up by"));
    }
    try {
      Row row = encoder.encode(item.payload());
      var values = new ArrayList<>(columns.size());
      for (Column column : columns) {
        Object value = row.value(column.name());
        if (value == null) {
          return new Values.Missing(
              Reason.of("the record has no " + column.name() + " to look it up by"));
        }
        values.add(value);
      }
      return new Values.Known(values);
    } catch (Unfit e) {
      return new Values.Missing(Reason.of(RowEncoder.BAD_VALUE, e.reason()));
    }
  }

  /// The complaint about a table that would take two rows with the same key.
  UserException notUnique(Table table, Throwable cause) {
    String names =
        columns.stream().map(c -> Quote.name(c.name())).collect(Collectors.joining(", "));
    return new UserException(
        "mode=upsert needs a primary key or a unique index on exactly the key's columns, and "
            + table.name()
            + " has none: create unique index on "
            + table.sql()
            + " ("
            + names
            + ")",
        cause);
  }
}
