package dev.waybill.debezium;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A replication slot as the server tells of it (its manual, "pg_replication_slots").
///
/// @param plugin null for a physical slot
/// @param readBy the process that reads it; null if none does
/// @param isLost whether the server has thrown away what was not read yet
/// @param confirmed up to where the server was told that the log is read
record Slot(
    String name,
    @Nullable String plugin,
    @Nullable String database,
    @Nullable Integer readBy,
    boolean isLost,
    long confirmed) {

  private static final String QUERY =
      "select plugin, database, active_pid, wal_status = 'lost',"
          + " coalesce(confirmed_flush_lsn - '0/0'::pg_lsn, 0)::bigint"
          + " from pg_replication_slots where slot_name = ?";

  /// Null if there is none of that name.
  static @Nullable Slot of(Connection connection, String name) throws SQLException {
    try (var statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? new Slot(
                name,
                row.getString(1),
                row.getString(2),
                row.getObject(3, Integer.class),
                row.getBoolean(4),
                row.getLong(5))
            : null;
      }
    }
  }

  static void make(Connection connection, String name) throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_create_logical_replication_slot(?, 'pgoutput')")) {
      statement.setString(1, name);
      statement.execute();
    }
  }

  /// @param place the database, as messages name it
  /// @throws UserException if the changes can not be read by it
  void check(Connection connection, String place) throws SQLException {
    if (!"pgoutput".equals(plugin) || !connection.getCatalog().equals(database)) {
      throw new UserException(
          "The replication slot '%s' of %s is of another kind or another database: name another by --option slot=NAME"
              .formatted(name, place));
    }
    if (isLost) {
      throw new UserException(
          ("The replication slot '%s' of %s is of no more use, because the server has thrown away"
                  + " changes that were not read yet (max_slot_wal_keep_size): drop it by %s, and"
                  + " begin anew, rows and all, under another name: --option slot=NAME")
              .formatted(name, place, dropping()));
    }
  }

  /// How it is dropped.
  String dropping() {
    return "select pg_drop_replication_slot('" + name + "')";
  }
}
