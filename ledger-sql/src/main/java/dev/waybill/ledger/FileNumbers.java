package dev.waybill.ledger;

import dev.waybill.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files in which items stand, each with a number, so that a name is written once and not with
/// every item.
final class FileNumbers implements AutoCloseable {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final PreparedStatement store;
  private int stored;
  private @Nullable String lastName;
  private int lastNumber;

  FileNumbers(Connection connection, long run) throws SQLException {
    this.store =
        connection.prepareStatement(
            "INSERT INTO item_file (run, number, name) VALUES (" + run + ", ?, ?)");
  }

  void load(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name FROM item_file WHERE run = ? ORDER BY number")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          number(row.getString(1));
        }
      }
    }
    stored = names.size();
  }

  /// The number of the file, counted from 1; 0 for an item that stands in none.
  int number(@Nullable Origin origin) {
    return origin == null ? 0 : number(origin.file());
  }

  @SuppressWarnings("ReferenceEquality") // A source names its file by one and the same object.
  private int number(String name) {
    if (name != lastName) {
      lastNumber = numbers.computeIfAbsent(name, this::add);
      lastName = name;
    }
    return lastNumber;
  }

  private int add(String name) {
    names.add(name);
    return names.size();
  }

  String name(int number) {
    return names.get(number - 1);
  }

  /// Writes those that are new.
  void write() throws SQLException {
    while (stored < names.size()) {
      stored++;
      store.setInt(1, stored);
      store.setString(2, name(stored));
      store.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}
