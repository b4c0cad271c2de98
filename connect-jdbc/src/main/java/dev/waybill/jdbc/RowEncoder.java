package dev.waybill.jdbc;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.Verdict.Rejected.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Turns records into rows of the table. Safe for use by many threads.
final class RowEncoder {

  /// Our own code for a value that its column can not take.
  static final String BAD_VALUE = "bad_value";

  private final Table table;
  private final Settings settings;
  private final Map<FieldNames, Shape> shapes = new ConcurrentHashMap<>();

  /// @param columns the fields that every record has; empty if records differ
  /// @throws UserException if the table can not take these fields
  RowEncoder(Table table, Settings settings, FieldNames columns) {
    this.table = table;
    this.settings = settings;
    if (columns.size() > 0) {
      try {
        shapes.put(columns, shapeOf(columns));
      } catch (Unfit e) {
        throw new UserException(
            "The data and the table "
                + table.name()
                + " do not fit: "
                + e.reason()
                + "; rename the column or leave it out, or add it to the table",
            e);
      }
    }
  }

  /// The rows for these items, or the reply that says which of them can not become one.
  Rows encode(List<Item<Fields>> items) {
    var rows = new ArrayList<Row>(items.size());
    var suspects = new ArrayList<Integer>();
    Reason first = null;
    for (int i = 0; i < items.size(); i++) {
      try {
        rows.add(encode(items.get(i).payload()));
      } catch (Unfit e) {
        suspects.add(i);
        first = first == null ? Reason.of(BAD_VALUE, e.reason()) : first;
      }
    }
    return first == null
        ? new Rows.Ready(rows)
        : new Rows.Unfit(Replies.refused(items.size(), suspects, first, Kind.PERMANENT));
  }

  /// One record as a row.
  ///
  /// @throws Unfit with the column and the value at fault
  Row encode(Fields record) throws Unfit {
    Shape shape = shapes.get(record.names());
    if (shape == null) {
      shape = shapeOf(record.names());
      Shape first = shapes.putIfAbsent(record.names(), shape);
      shape = first == null ? shape : first;
    }
    @Nullable Object[] values = new @Nullable Object[record.size()];
    for (int i = 0; i < values.length; i++) {
      Column column = shape.columns().get(i);
      try {
        values[i] = column.type().convert(record.value(i), settings.empty());
      } catch (Unfit e) {
        throw new Unfit(column.name() + ": " + e.reason());
      }
    }
    return new Row(shape, values);
  }

  private Shape shapeOf(FieldNames names) throws Unfit {
    var columns = new ArrayList<Column>(names.size());
    var fieldOf = new HashMap<String, String>();
    for (String name : names.asList()) {
      Column column = table.column(name);
      if (column == null) {
        throw new Unfit(
            "there is no column '" + name + "' in " + table.name() + "; it has " + table.listed());
      }
      String twin = fieldOf.put(column.name(), name);
      if (twin != null) {
        throw new Unfit(
            "'" + twin + "' and '" + name + "' both go to the column '" + column.name() + "'");
      }
      ColumnType declared = settings.types().get(name);
      columns.add(
          declared == null
              ? column
              : new Column(column.name(), declared, column.declared(), column.base()));
    }
    return new Shape(columns);
  }
}
