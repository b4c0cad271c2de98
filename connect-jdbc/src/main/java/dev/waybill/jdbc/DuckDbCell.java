package dev.waybill.jdbc;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/// What is particular to DuckDB's columns: structs and maps become records, lists and arrays become
/// lists, as deep as they go.
enum DuckDbCell implements Cell {
  ANY {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return plain(row.getObject(index));
    }
  };

  static Cell of(ResultSetMetaData meta, int index) throws SQLException {
    return switch (meta.getColumnType(index)) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> StandardCell.INTEGER;
      case Types.BIT, Types.VARCHAR -> StandardCell.TEXT;
      // Not by way of the driver's Timestamp, which knows no time that a change of clocks leaves
      // out.
      case Types.TIMESTAMP -> StandardCell.TIMESTAMP;
      case Types.BOOLEAN, Types.DOUBLE, Types.DECIMAL, Types.BLOB -> StandardCell.of(meta, index);
      default -> ANY;
    };
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case DuckDBStruct struct -> record(struct.getMap());
      case Map<?, ?> map -> record(map);
      case Array array -> Plain.list(array.getArray(), DuckDbCell::plain);
      case JsonNode json -> Json.read(json.toString());
      case null, default -> Plain.of(value);
    };
  }

  private static Fields record(Map<?, ?> map) throws SQLException {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      values.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
    }
    return Fields.of(
        FieldNames.of(new ArrayList<>(values.keySet())),
        values.values().toArray(new @Nullable Object[0]));
  }
}
