package dev.waybill.flink.table;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/// Rows of SQL as records: temporal values as ISO 8601 texts, bytes as Base64.
final class RowFields extends RichMapFunction<RowData, Fields> {

  private static final long serialVersionUID = 1;

  private final DataStructureConverter converter;
  private final List<String> columns;
  private final int[] key;
  private transient @Nullable FieldNames names;
  private transient @Nullable FieldNames keyNames;

  /// @param key positions of the primary key's columns
  RowFields(DataStructureConverter converter, List<String> columns, int[] key) {
    this.converter = converter;
    this.columns = columns;
    this.key = key;
  }

  @Override
  public void open(org.apache.flink.api.common.functions.OpenContext context) {
    converter.open(RuntimeConverter.Context.create(getRuntimeContext().getUserCodeClassLoader()));
  }

  @Override
  public Fields map(RowData data) {
    Row row = (Row) Objects.requireNonNull(converter.toExternal(data));
    if (names == null) {
      names = FieldNames.of(columns);
      keyNames = FieldNames.of(keyColumns());
    }
    return row.getKind() == RowKind.DELETE && keyNames != null
        ? Deletion.of(
            Fields.of(keyNames, Arrays.stream(key).mapToObj(i -> value(row.getField(i))).toArray()))
        : Fields.of(names, values(row));
  }

  private List<String> keyColumns() {
    return Arrays.stream(key).mapToObj(columns::get).toList();
  }

  /// What names a record or a deletion; null for a table without a primary key.
  static @Nullable String keyOf(Fields change, List<String> keyColumns) {
    if (keyColumns.isEmpty()) {
      return null;
    }
    Fields deleted = Deletion.key(change);
    Fields holder = deleted == null ? change : deleted;
    if (keyColumns.size() == 1) {
      return holder.text(keyColumns.getFirst());
    }
    return Json.text(keyColumns.stream().map(holder::get).toList());
  }

  private static @Nullable Object[] values(Row row) {
    @Nullable Object[] values = new @Nullable Object[row.getArity()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row.getField(i));
    }
    return values;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Number number -> number;
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Object[] array -> {
        var list = new ArrayList<@Nullable Object>(array.length);
        for (Object element : array) {
          list.add(value(element));
        }
        yield list;
      }
      case Row row -> nested(row);
      default -> value.toString();
    };
  }

  private static Fields nested(Row row) {
    var names = row.getFieldNames(true);
    return Fields.of(
        names == null
            ? FieldNames.of(positions(row.getArity()))
            : FieldNames.of(new ArrayList<>(names)),
        values(row));
  }

  private static List<String> positions(int arity) {
    var positions = new ArrayList<String>(arity);
    for (int i = 0; i < arity; i++) {
      positions.add("f" + i);
    }
    return positions;
  }
}
