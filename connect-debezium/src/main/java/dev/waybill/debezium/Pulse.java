package dev.waybill.debezium;

import dev.waybill.jdbc.PostgresLogin;
import java.sql.Connection;
import java.sql.SQLException;

/// Looks from time to time how far the server is, on a connection of its own.
final class Pulse implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 10;

  private static final String LOOK =
      "select pg_current_wal_lsn() - '0/0'::pg_lsn,"
          + " coalesce(r.sent_lsn - '0/0'::pg_lsn, 0),"
          + " coalesce(s.confirmed_flush_lsn - '0/0'::pg_lsn, 0)"
          + " from pg_replication_slots s left join pg_stat_replication r on r.pid = s.active_pid"
          + " where s.slot_name = ?";

  /// Places in the server's log.
  ///
  /// @param end where it ends
  /// @param sent up to where the server has sent us what concerns us; 0 if nobody reads
  /// @param confirmed up to where it was told that it is read
  record Places(long end, long sent, long confirmed) {}

  private final Connection connection;
  private final String slot;

  Pulse(PostgresLogin login, String slot) throws SQLException {
    this.connection = login.connect();
    this.slot = slot;
    connection.setAutoCommit(true);
  }

  /// What else is to be asked of the server.
  Connection connection() {
    return connection;
  }

  Places look() throws SQLException {
    try (var statement = connection.prepareStatement(LOOK)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setString(1, slot);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? new Places(row.getLong(1), row.getLong(2), row.getLong(3))
            : new Places(0, 0, 0);
      }
    }
  }

  /// Puts a message into the log that comes out among the changes: what stood before it has been
  /// read then, whether or not any of it was for us.
  void beat() throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_logical_emit_message(false, 'waybill', ?)")) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setString(1, slot);
      statement.execute();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is gone
    }
  }
}
