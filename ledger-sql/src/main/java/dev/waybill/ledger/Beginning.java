package dev.waybill.ledger;

import dev.waybill.spi.SourceIdentity;
import dev.waybill.sql.Masking;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Writes down that a run begins.
final class Beginning {

  private Beginning() {}

  /// Writes all that is known before; the caller commits.
  ///
  /// @return the run's number
  static long write(Connection connection, RunHeader header) throws SQLException {
    long run = insertRun(connection, header);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO progress (run) VALUES (?)")) {
      insert.setLong(1, run);
      insert.executeUpdate();
    }
    insertParts(connection, run, header.identity());
    insertKeyColumns(connection, run, header);
    return run;
  }

  private static long insertRun(Connection connection, RunHeader header) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO run (id, parent, flow, started_at, source, destination, policy, job)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")) {
      insert.setString(1, header.id());
      insert.setString(2, header.parent());
      insert.setString(3, header.flow());
      insert.setString(4, Times.text(header.startedAt()));
      insert.setString(5, header.source());
      insert.setString(6, Masking.mask(header.destination()));
      insert.setString(7, header.policy());
      insert.setString(8, header.job());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void insertParts(Connection connection, long run, SourceIdentity identity)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO source_part VALUES (?, ?, ?, ?, ?)")) {
      int number = 0;
      for (SourceIdentity.Part part : identity.parts()) {
        number++;
        insert.setLong(1, run);
        insert.setInt(2, number);
        insert.setString(3, part.name());
        insert.setLong(4, part.size());
        insert.setString(5, part.fingerprint());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertKeyColumns(Connection connection, long run, RunHeader header)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO key_column VALUES (?, ?, ?)")) {
      int number = 0;
      for (String column : header.keyColumns()) {
        number++;
        insert.setLong(1, run);
        insert.setInt(2, number);
        insert.setString(3, column);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
