package dev.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What the ledger keeps of a live flow beyond its runs. Safe for use by many threads.
public final class LiveState {

  private final Database database;
  private final LiveFlow flow;
  private final long number;
  private final @Nullable String lastRun;

  LiveState(Database database, LiveFlow flow, long number, @Nullable String lastRun) {
    this.database = database;
    this.flow = flow;
    this.number = number;
    this.lastRun = lastRun;
  }

  public LiveFlow flow() {
    return flow;
  }

  /// The id of the run that was begun last when this was asked for; null if there was none.
  public @Nullable String lastRun() {
    return lastRun;
  }

  long number() {
    return number;
  }

  /// The text that the flow's source keeps here; null if it keeps none.
  ///
  /// @throws dev.waybill.UserException if the ledger can not be read
  public @Nullable String bookmark() {
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement("SELECT bookmark FROM live_flow WHERE number = ?")) {
      select.setLong(1, number);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  /// Keeps another text.
  ///
  /// @throws dev.waybill.UserException if the ledger can not be written
  public void bookmark(String text) {
    try (Connection connection = database.connect();
        PreparedStatement update =
            connection.prepareStatement("UPDATE live_flow SET bookmark = ? WHERE number = ?")) {
      update.setString(1, text);
      update.setLong(2, number);
      update.executeUpdate();
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }
}
