package dev.waybill.ledger;

import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.Position;
import dev.waybill.spi.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes up to where the records of a live source have come to their end.
final class PositionRows {

  private final Connection connection;
  private final long flow;
  private final PreparedStatement reach;
  private final PreparedStatement forget;
  private final PreparedStatement tell;
  private final Map<Position, Stretch> toReach = new LinkedHashMap<>();
  private final Set<Position> toForget = new LinkedHashSet<>();
  private final Map<String, Position> toTell = new HashMap<>();

  PositionRows(Connection connection, long flow) throws SQLException {
    this.connection = connection;
    this.flow = flow;
    this.reach =
        connection.prepareStatement(
            "INSERT INTO live_stretch (flow, partition, first_offset, first_index, last_offset,"
                + " last_index) VALUES ("
                + flow
                + ", ?, ?, ?, ?, ?) ON CONFLICT (flow, partition, first_offset, first_index) DO"
                + " UPDATE SET last_offset = excluded.last_offset, last_index ="
                + " excluded.last_index");
    this.forget =
        connection.prepareStatement(
            "DELETE FROM live_stretch WHERE flow = "
                + flow
                + " AND partition = ? AND first_offset = ? AND first_index = ?");
    this.tell =
        connection.prepareStatement(
            "INSERT INTO live_partition (flow, name, told_offset, told_index) VALUES ("
                + flow
                + ", ?, ?, ?) ON CONFLICT (flow, name) DO UPDATE SET told_offset ="
                + " excluded.told_offset, told_index = excluded.told_index");
  }

  /// What is known, but for what is in doubt.
  LiveKnowledge load() throws SQLException {
    var settled = new ArrayList<Stretch>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT partition, first_offset, first_index, last_offset, last_index FROM live_stretch"
                + " WHERE flow = ? ORDER BY partition, first_offset, first_index")) {
      select.setLong(1, flow);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String partition = row.getString(1);
          settled.add(
              new Stretch(
                  new Position(partition, row.getLong(2), row.getLong(3)),
                  new Position(partition, row.getLong(4), row.getLong(5))));
        }
      }
    }
    return new LiveKnowledge(settled, told(), List.of());
  }

  private Map<String, Position> told() throws SQLException {
    var told = new HashMap<String, Position>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, told_offset, told_index FROM live_partition WHERE flow = ?")) {
      select.setLong(1, flow);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String partition = row.getString(1);
          told.put(partition, new Position(partition, row.getLong(2), row.getLong(3)));
        }
      }
    }
    return told;
  }

  void reached(Stretch stretch) {
    toReach.put(stretch.first(), stretch);
  }

  void forgets(Position first) {
    toReach.remove(first);
    toForget.add(first);
  }

  void told(Position upTo) {
    toTell.put(upTo.partition(), upTo);
  }

  /// Writes what was said; what was forgotten first, for its place may have been taken again.
  void write() throws SQLException {
    for (Position first : toForget) {
      bind(forget, 1, first.partition(), first);
      forget.addBatch();
    }
    if (!toForget.isEmpty()) {
      forget.executeBatch();
      toForget.clear();
    }
    for (Stretch stretch : toReach.values()) {
      bind(reach, 1, stretch.first().partition(), stretch.first());
      reach.setLong(4, stretch.last().offset());
      reach.setLong(5, stretch.last().index());
      reach.addBatch();
    }
    if (!toReach.isEmpty()) {
      reach.executeBatch();
      toReach.clear();
    }
    for (Position upTo : toTell.values()) {
      bind(tell, 1, upTo.partition(), upTo);
      tell.addBatch();
    }
    if (!toTell.isEmpty()) {
      tell.executeBatch();
      toTell.clear();
    }
  }

  private static void bind(
      PreparedStatement statement, int from, String partition, Position position)
      throws SQLException {
    statement.setString(from, partition);
    statement.setLong(from + 1, position.offset());
    statement.setLong(from + 2, position.index());
  }
}
