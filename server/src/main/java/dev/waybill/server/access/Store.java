package dev.waybill.server.access;

import dev.waybill.UserException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The database, and how values stand in it.
record Store(Jdbi jdbi) {

  /// Does something that needs no transaction over several statements.
  ///
  /// @throws UserException if the database can not be used
  <T> T with(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw new UserException("The service's database can not be used: " + reason(e) + ".", e);
    }
  }

  private static String reason(JdbiException e) {
    Throwable cause = e.getCause() instanceof SQLException sql ? sql : e;
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown reason");
  }

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
