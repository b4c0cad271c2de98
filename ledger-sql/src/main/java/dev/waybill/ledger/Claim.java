package dev.waybill.ledger;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A live flow's word for which run is its last one: only one of two that begin at once may be it.
final class Claim {

  private Claim() {}

  /// The run is the flow's last one from now on; the caller commits.
  ///
  /// @throws UserException if another run of the flow has begun since its state was looked at
  static void take(Connection connection, LiveState state, String run) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE live_flow SET last_run = ? WHERE number = ? AND last_run IS NOT DISTINCT FROM ?")) {
      update.setString(1, run);
      update.setLong(2, state.number());
      update.setString(3, state.lastRun());
      if (update.executeUpdate() == 0) {
        throw new UserException(
            "Another run of the live flow " + state.flow().name() + " has begun just now.");
      }
    }
  }
}
