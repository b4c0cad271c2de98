package dev.waybill.ledger;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The flows whose keys are known.
record FlowStates(Database database, Clock clock) {

  private static final String SELECT =
      "SELECT number, name, destination, key_columns, key_kinds, runs FROM keyed_flow";

  /// The state of this flow; made if there is none yet.
  FlowState of(Connection connection, KeyedFlow flow) throws SQLException {
    connection.setAutoCommit(false);
    try {
      database.schema().lock(connection);
      Optional<FlowState> known = find(connection, flow.name());
      FlowState state = known.isPresent() ? same(known.get(), flow) : made(connection, flow);
      connection.commit();
      return state;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private FlowState made(Connection connection, KeyedFlow flow) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO keyed_flow (name, destination, key_columns, created_at) VALUES (?, ?, ?,"
                + " ?) RETURNING number")) {
      insert.setString(1, flow.name());
      insert.setString(2, flow.destination());
      insert.setString(3, String.join(",", flow.key()));
      insert.setString(4, Times.text(clock.instant()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        var tables = new StateTables(row.getLong(1));
        tables.create(connection, database.schema().words());
        return new FlowState(database, clock, tables, flow, List.of(), 0);
      }
    }
  }

  private static FlowState same(FlowState known, KeyedFlow flow) {
    KeyedFlow before = known.flow();
    if (!before.destination().equals(flow.destination())) {
      throw changed(
          flow, "was kept in " + before.destination() + " and now goes to " + flow.destination());
    }
    if (!before.key().equals(flow.key())) {
      throw changed(
          flow,
          "had the key "
              + String.join(", ", before.key())
              + " and now has "
              + String.join(", ", flow.key()));
    }
    return known;
  }

  private static UserException changed(KeyedFlow flow, String how) {
    return new UserException(
        ("The flow %1$s %2$s, so what is known of its keys does not hold: give the flow another name"
                + " (--flow), or begin anew by: waybill state %1$s --reset")
            .formatted(flow.name(), how));
  }

  Optional<FlowState> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(FlowState.of(database, clock, row)) : Optional.empty();
      }
    }
  }

  List<FlowState> all(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " ORDER BY name");
        ResultSet row = select.executeQuery()) {
      var all = new ArrayList<FlowState>();
      while (row.next()) {
        all.add(FlowState.of(database, clock, row));
      }
      return all;
    }
  }
}
