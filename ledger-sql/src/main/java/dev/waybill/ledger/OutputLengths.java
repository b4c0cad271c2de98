package dev.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// How far the run's own files are written.
final class OutputLengths implements AutoCloseable {

  private final Map<String, Long> stored = new HashMap<>();
  private final PreparedStatement store;
  private Map<String, Long> said = Map.of();

  OutputLengths(Connection connection, long run) throws SQLException {
    this.store =
        connection.prepareStatement(
            "INSERT INTO output_file (run, name, length) VALUES ("
                + run
                + ", ?, ?) ON CONFLICT (run, name) DO UPDATE SET length = excluded.length");
  }

  void load(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name, length FROM output_file WHERE run = ?")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stored.put(row.getString(1), row.getLong(2));
        }
      }
    }
  }

  void wrote(Map<String, Long> lengths) {
    said = lengths;
  }

  void write() throws SQLException {
    for (var file : said.entrySet()) {
      if (!file.getValue().equals(stored.put(file.getKey(), file.getValue()))) {
        store.setString(1, file.getKey());
        store.setLong(2, file.getValue());
        store.executeUpdate();
      }
    }
  }

  Map<String, Long> lengths() {
    return Map.copyOf(stored);
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}
