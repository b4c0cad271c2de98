package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user wants of the table, the same for all databases.
///
/// @param table the name as given, or as the records suggest it; null if neither
/// @param key the columns by which a record is known; empty if none
/// @param schema the script that makes the table where it is missing; null if there is none
/// @param types the types that the user declared, by column
record Settings(
    @Nullable String table,
    Mode mode,
    List<String> key,
    boolean createTable,
    @Nullable Path schema,
    Map<String, ColumnType> types,
    EmptyText empty) {

  /// What is done with a record whose key is there already.
  enum Mode {
    /// It is a duplicate, and rejected.
    INSERT,
    /// It replaces what is there.
    UPSERT
  }

  /// The options of every database.
  ///
  /// @param createTable whether a missing table is made without being asked for
  static List<Option> options(String createTable) {
    return List.of(
        Option.of("table", null, "the table; by default the name of the file that is loaded"),
        Option.choice(
            "mode",
            "insert",
            "insert: a record that is there already is rejected; upsert: it replaces what is there",
            List.of("insert", "upsert")),
        Option.of("key", null, "the columns by which a record is known, comma-separated"),
        Option.of(
            "create-table",
            createTable,
            "whether to make the table from the data if it is missing"),
        Option.of("schema", null, "a file of SQL that makes the table if it is missing"),
        Option.of(
            "types",
            null,
            "types of columns that are not to be guessed or looked up: age:integer,zip:text"),
        Option.of(
            "empty", "null", "what an empty text becomes in a column of texts: null or text"));
  }

  static Settings of(Options options, Delivery delivery) {
    List<String> key = options.has("key") ? options.list("key") : delivery.key();
    Mode mode = options.choice("mode", Mode.class);
    if (mode == Mode.UPSERT && key.isEmpty()) {
      throw new UserException(
          "mode=upsert needs to know by which columns a record is known: --option key=COLUMN");
    }
    String table = options.text("table");
    String schema = options.text("schema");
    return new Settings(
        table == null || table.isBlank() ? delivery.name() : table.strip(),
        mode,
        key,
        options.enabled("create-table"),
        schema == null ? null : Path.of(schema),
        types(options),
        options.choice("empty", EmptyText.class));
  }

  private static Map<String, ColumnType> types(Options options) {
    var types = new LinkedHashMap<String, ColumnType>();
    for (String entry : options.list("types")) {
      int colon = entry.lastIndexOf(':');
      ColumnType type = colon < 1 ? null : ColumnType.named(entry.substring(colon + 1));
      if (type == null) {
        throw options.bad(
            "types",
            "takes COLUMN:TYPE, where the type is one of text, integer, decimal, real, boolean,"
                + " date, timestamp, timestamptz");
      }
      types.put(entry.substring(0, colon).strip(), type);
    }
    return types;
  }
}
