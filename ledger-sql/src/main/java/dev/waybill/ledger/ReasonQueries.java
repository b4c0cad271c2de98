package dev.waybill.ledger;

import dev.waybill.run.ReasonDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The reasons as they were reckoned up at the end of a run.
final class ReasonQueries {

  private ReasonQueries() {}

  static List<ReasonDigest.Group> groups(Connection connection, long run) throws SQLException {
    Map<Integer, List<ReasonDigest.Example>> examples = examples(connection, run);
    var groups = new ArrayList<ReasonDigest.Group>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, disposition, code, pattern, items FROM reason_group WHERE run = ?"
                + " ORDER BY number")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          groups.add(
              new ReasonDigest.Group(
                  Dispositions.named(row.getString(2)),
                  row.getString(3),
                  row.getString(4),
                  row.getLong(5),
                  examples.getOrDefault(row.getInt(1), List.of())));
        }
      }
    }
    return groups;
  }

  /// What the runs with these ids met, each counted from when it began.
  static List<ReasonHistory> histories(Connection connection, List<String> ids)
      throws SQLException {
    var histories = new ReasonHistories();
    if (ids.isEmpty()) {
      return histories.all();
    }
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, id, started_at FROM run WHERE id IN ("
                + places
                + ") AND EXISTS (SELECT 1 FROM reason_group WHERE reason_group.run = run.number)")) {
      for (int i = 0; i < ids.size(); i++) {
        select.setString(i + 1, ids.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Instant began = Instant.parse(row.getString(3));
          for (ReasonDigest.Group group : groups(connection, row.getLong(1))) {
            histories.add(group, began, row.getString(2));
          }
        }
      }
    }
    return histories.all();
  }

  private static Map<Integer, List<ReasonDigest.Example>> examples(Connection connection, long run)
      throws SQLException {
    var examples = new HashMap<Integer, List<ReasonDigest.Example>>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT group_number, ordinal, line, key, message FROM reason_example WHERE run = ?"
                + " ORDER BY group_number, number")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          examples
              .computeIfAbsent(row.getInt(1), unseen -> new ArrayList<>())
              .add(
                  new ReasonDigest.Example(
                      row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)));
        }
      }
    }
    return examples;
  }
}
