package dev.waybill.server.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How values stand in the columns of this room.
final class Columns {

  private Columns() {}

  static String list(Set<String> words) {
    return String.join(" ", new TreeSet<>(words));
  }

  static Set<String> list(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
  }

  static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
