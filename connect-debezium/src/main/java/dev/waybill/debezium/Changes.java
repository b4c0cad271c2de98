package dev.waybill.debezium;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.spi.LiveSource;
import io.debezium.data.Envelope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/// Debezium's records as those of the table.
final class Changes {

  /// What a record of Debezium is.
  enum What {
    /// A row, as it is or as it became.
    ROW,
    /// A row that is gone.
    DELETION,
    /// All rows are gone.
    TRUNCATION,
    /// All rows that were there at first have been handed over.
    END_OF_ROWS,
    /// Of another table, or about the log itself.
    OTHER
  }

  private static final String OPERATION = "op";
  private static final String COMMITTED = "lsn_commit";

  private final Site.Table table;
  private final Lookup lookup;

  /// Those of the record before, which most records share.
  private FieldNames lastNames = FieldNames.of();

  Changes(Site.Table table, Lookup lookup) {
    this.table = table;
    this.lookup = lookup;
  }

  What what(SourceRecord record) {
    if (!(record.value() instanceof Struct value)) {
      return What.OTHER;
    }
    if (record.topic().equals(Setup.NOTIFICATIONS)) {
      return "Initial Snapshot".equals(value.getString("aggregate_type"))
              && "COMPLETED".equals(value.getString("type"))
          ? What.END_OF_ROWS
          : What.OTHER;
    }
    if (!Envelope.isEnvelopeSchema(value.schema()) || !isOfTable(value)) {
      return What.OTHER;
    }
    return switch (value.getString(OPERATION)) {
      case "r", "c", "u" -> What.ROW;
      case "d" -> What.DELETION;
      case "t" -> What.TRUNCATION;
      default -> What.OTHER;
    };
  }

  private boolean isOfTable(Struct value) {
    Struct source = value.getStruct(Envelope.FieldName.SOURCE);
    return table.schema().equals(source.getString("schema"))
        && table.name().equals(source.getString("table"));
  }

  /// Whether a row was there before the changes.
  static boolean isOfSnapshot(SourceRecord record) {
    return record.value() instanceof Struct value
        && Envelope.isEnvelopeSchema(value.schema())
        && "r".equals(value.getString(OPERATION));
  }

  /// The end of the last transaction before this record, or of the one that ends with it; -1 if
  /// none has ended since the connection was made.
  static long lastEnd(SourceRecord record) {
    return record.sourceOffset().get(COMMITTED) instanceof Long end ? end : -1;
  }

  /// The row. Values that the log does not have are those of the table by now; if the row is gone
  /// by now, they are left out.
  Fields row(SourceRecord record) throws SQLException {
    Struct after = Objects.requireNonNull(((Struct) record.value()).getStruct("after"));
    return fields(after, null);
  }

  /// What is known of the row that is gone: its key; if the log has them, all its columns.
  Fields deletion(SourceRecord record) throws SQLException {
    Struct before =
        table.identity() != Site.Identity.FULL && record.key() instanceof Struct key
            ? key
            : Objects.requireNonNull(((Struct) record.value()).getStruct("before"));
    return fields(before, LiveSource.DELETED);
  }

  /// @param flag a further field, which is true
  private Fields fields(Struct row, @Nullable String flag) throws SQLException {
    List<Field> columns = row.schema().fields();
    Map<String, @Nullable Object> found = absent(row, columns);
    var names = new ArrayList<String>(columns.size() + 1);
    var values = new ArrayList<@Nullable Object>(columns.size() + 1);
    for (Field column : columns) {
      // get() would put the column's default in the place of null.
      Object value = row.getWithoutDefault(column.name());
      if (!Kind.isAbsent(value)) {
        names.add(column.name());
        values.add(value == null ? null : Kind.of(column.schema()).taken(value));
      } else if (found.containsKey(column.name())) {
        names.add(column.name());
        values.add(found.get(column.name()));
      }
    }
    if (flag != null) {
      names.add(flag);
      values.add(true);
    }
    if (!lastNames.asList().equals(names)) {
      lastNames = FieldNames.of(names);
    }
    return Fields.of(lastNames, values.toArray());
  }

  private Map<String, @Nullable Object> absent(Struct row, List<Field> columns)
      throws SQLException {
    List<Field> absent =
        columns.stream()
            .filter(column -> Kind.isAbsent(row.getWithoutDefault(column.name())))
            .toList();
    return absent.isEmpty() ? Map.of() : lookup.now(absent, row);
  }
}
