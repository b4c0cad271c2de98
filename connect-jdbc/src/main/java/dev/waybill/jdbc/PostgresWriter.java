package dev.waybill.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes rows inside a transaction that is the caller's.
///
/// Inserts go by COPY, the fastest way. Upserts, which COPY can not do, go as one statement with an
/// array a column; PostgreSQL refuses one that touches a key twice, so a key's second row goes in a
/// statement of its own after the first.
record PostgresWriter(PostgresStatements statements) {

  /// Writes the rows of a batch.
  ///
  /// @return rows written; fewer than given if a trigger skipped some without an error
  long write(Connection connection, List<Row> rows) throws SQLException {
    long written = 0;
    for (List<Row> wave : waves(rows)) {
      for (Map.Entry<Shape, List<Row>> group : byShape(wave).entrySet()) {
        written +=
            switch (statements.mode()) {
              case INSERT -> copy(connection, group.getKey(), group.getValue());
              case UPSERT -> insertArrays(connection, group.getKey(), group.getValue());
            };
      }
    }
    return written;
  }

  private long copy(Connection connection, Shape shape, List<Row> rows) throws SQLException {
    byte[] text = CopyText.of(rows);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statements.copy(shape));
    try {
      copy.writeToCopy(text, 0, text.length);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private long insertArrays(Connection connection, Shape shape, List<Row> rows)
      throws SQLException {
    try (var statement = connection.prepareStatement(statements.insertArrays(shape))) {
      for (int c = 0; c < shape.columns().size(); c++) {
        @Nullable String[] column = new @Nullable String[rows.size()];
        for (int r = 0; r < column.length; r++) {
          column[r] = text(rows.get(r).value(c));
        }
        statement.setArray(c + 1, connection.createArrayOf("text", column));
      }
      return statement.executeUpdate();
    }
  }

  /// The rows such that no key occurs twice in a wave, each key's rows in their order.
  private List<List<Row>> waves(List<Row> rows) {
    if (statements.mode() == Settings.Mode.INSERT) {
      return List.of(rows);
    }
    var seen = new HashMap<List<@Nullable String>, Integer>();
    var waves = new ArrayList<List<Row>>();
    for (Row row : rows) {
      var key = new @Nullable String[statements.key().size()];
      for (int i = 0; i < key.length; i++) {
        key[i] = text(row.value(statements.key().get(i).name()));
      }
      int wave = seen.merge(Arrays.asList(key), 1, Integer::sum);
      if (wave > waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave - 1).add(row);
    }
    return waves;
  }

  private static Map<Shape, List<Row>> byShape(List<Row> rows) {
    var groups = new LinkedHashMap<Shape, List<Row>>();
    for (Row row : rows) {
      groups.computeIfAbsent(row.shape(), shape -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
