package dev.waybill.ledger;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The states of live flows.
final class LiveStates {

  private final Database database;
  private final Clock clock;

  LiveStates(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The state of this flow; made if there is none yet.
  LiveState of(Connection connection, LiveFlow flow) throws SQLException {
    connection.setAutoCommit(false);
    try {
      database.schema().lock(connection);
      LiveState known = find(connection, flow);
      LiveState state = known == null ? made(connection, flow) : known;
      connection.commit();
      return state;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private @Nullable LiveState find(Connection connection, LiveFlow flow) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, source, destination, last_run FROM live_flow WHERE name = ?")) {
      select.setString(1, flow.name());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        same(flow, "reads", row.getString(2), flow.source());
        same(flow, "goes to", row.getString(3), flow.destination());
        return new LiveState(database, flow, row.getLong(1), row.getString(4));
      }
    }
  }

  private static void same(LiveFlow flow, String does, String before, String now) {
    if (!before.equals(now)) {
      throw new UserException(
          "The live flow %s %s %s, and not %s: give this one a name of its own, by live.flow in the job file."
              .formatted(flow.name(), does, before, now));
    }
  }

  private LiveState made(Connection connection, LiveFlow flow) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO live_flow (name, source, destination, created_at) VALUES (?, ?, ?, ?)"
                + " RETURNING number")) {
      insert.setString(1, flow.name());
      insert.setString(2, flow.source());
      insert.setString(3, flow.destination());
      insert.setString(4, Times.text(clock.instant()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return new LiveState(database, flow, row.getLong(1), null);
      }
    }
  }
}
