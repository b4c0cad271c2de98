package dev.waybill.ledger;

import dev.waybill.Span;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What the calls of a live flow's earlier run left in doubt though it ended in good order: its
/// source had not handed the records over again by then. The next run takes it over, or they would
/// be sent a second time as if they were new.
final class LeftInDoubt {

  private final NavigableMap<Position, Stretch> settled =
      new TreeMap<>(
          Comparator.comparing(Position::partition)
              .thenComparingLong(Position::offset)
              .thenComparingLong(Position::index));
  private final Map<Long, Long> numbers = new HashMap<>();
  private final List<Located> left = new ArrayList<>();
  private long lastOrdinal;

  private LeftInDoubt(List<Stretch> settled) {
    settled.forEach(stretch -> this.settled.put(stretch.first(), stretch));
  }

  /// Takes it from an earlier run; the caller commits.
  ///
  /// @param settled what has come to its end
  /// @return with ordinals from 1 on, and with numbers below zero, since these calls can not be
  ///   made again
  static List<Located> take(Connection connection, String run, List<Stretch> settled)
      throws SQLException {
    var taken = new LeftInDoubt(settled);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT d.batch, d.first, d.last, d.partition, d.first_offset, d.first_index"
                + " FROM in_doubt d JOIN run r ON r.number = d.run"
                + " WHERE r.id = ? AND d.partition IS NOT NULL ORDER BY d.batch, d.first")) {
      select.setString(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          taken.add(
              row.getLong(1),
              row.getLong(3) - row.getLong(2) + 1,
              new Position(row.getString(4), row.getLong(5), row.getLong(6)));
        }
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM in_doubt WHERE run = (SELECT number FROM run WHERE id = ?)")) {
      delete.setString(1, run);
      delete.executeUpdate();
    }
    return taken.left;
  }

  private void add(long batch, long size, Position first) {
    long number = numbers.computeIfAbsent(batch, unseen -> -1L - numbers.size());
    for (long i = 0; i < size; i++) {
      Position position = first.plus(i);
      if (!isSettled(position)) {
        add(number, position);
      }
    }
  }

  private void add(long number, Position position) {
    lastOrdinal++;
    Located before = left.isEmpty() ? null : left.getLast();
    if (before != null && before.number() == number && before.last().plus(1).equals(position)) {
      left.removeLast();
      var ordinals = new Span(before.ordinals().first(), lastOrdinal);
      left.add(new Located(number, ordinals, before.first()));
    } else {
      left.add(new Located(number, new Span(lastOrdinal, lastOrdinal), position));
    }
  }

  private boolean isSettled(Position position) {
    Map.Entry<Position, Stretch> before = settled.floorEntry(position);
    return before != null
        && before.getKey().partition().equals(position.partition())
        && before.getValue().contains(position);
  }
}
