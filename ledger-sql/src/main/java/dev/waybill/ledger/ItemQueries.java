package dev.waybill.ledger;

import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.run.ReasonDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What became of a run's items.
final class ItemQueries {

  private static final int ROWS_AT_ONCE = 1_000;

  /// What [#item] reads, of the tables `i` and `f`.
  static final String COLUMNS =
      "SELECT i.ordinal, i.key, i.disposition, i.code, i.message, i.attempts, i.batch, f.name,"
          + " i.line, i.byte_offset, i.byte_length, i.settled_at, i.source_bytes";

  private final Connection connection;
  private final long run;

  ItemQueries(Connection connection, long run) {
    this.connection = connection;
    this.run = run;
  }

  private <T> Cursor<T> open(String sql, Cursor.Reading<T> reading) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(ROWS_AT_ONCE);
    statement.setLong(1, run);
    return new Cursor<>(statement, statement.executeQuery(), reading);
  }

  Cursor<ItemRecord> items(Set<Disposition> dispositions) throws SQLException {
    String wanted =
        dispositions.stream()
            .map(disposition -> "'" + Dispositions.name(disposition) + "'")
            .collect(Collectors.joining(", "));
    return open(
        COLUMNS
            + " FROM item i LEFT JOIN item_file f ON f.run = i.run AND f.number = i.file"
            + " WHERE i.run = ? AND i.disposition IN ("
            + (wanted.isEmpty() ? "''" : wanted)
            + ") ORDER BY i.ordinal",
        ItemQueries::item);
  }

  static ItemRecord item(ResultSet row) throws SQLException {
    String file = row.getString(8);
    byte[] bytes = row.getBytes(13);
    return new ItemRecord(
        row.getLong(1),
        row.getString(2),
        Dispositions.named(row.getString(3)),
        new Reason(row.getString(4), row.getString(5)),
        row.getInt(6),
        row.getLong(7),
        file == null
            ? null
            : new ItemRecord.Place(file, row.getLong(9), row.getLong(10), row.getInt(11)),
        Instant.parse(row.getString(12)),
        bytes == null ? null : new ByteSlice(bytes, 0, bytes.length));
  }

  Cursor<UnsentItems> unsent() throws SQLException {
    return open(
        "SELECT first, last, code, message FROM unsent WHERE run = ? ORDER BY first",
        row ->
            new UnsentItems(
                new Span(row.getLong(1), row.getLong(2)),
                new Reason(row.getString(3), row.getString(4))));
  }

  Cursor<Span> delivered() throws SQLException {
    return open(
        "SELECT first, last FROM delivered WHERE run = ? ORDER BY first",
        row -> new Span(row.getLong(1), row.getLong(2)));
  }

  /// The reasons, reckoned up from the items.
  List<ReasonDigest.Group> digest() throws SQLException {
    var digest = new ReasonDigest();
    try (Cursor<Settlement<String>> rows =
        open(
            "SELECT disposition, code, message, ordinal, key, line FROM item WHERE run = ?"
                + " ORDER BY ordinal",
            ItemQueries::settlement)) {
      for (var one = rows.next(); one != null; one = rows.next()) {
        digest.add(one);
      }
    }
    try (Cursor<UnsentItems> ranges = unsent()) {
      for (var range = ranges.next(); range != null; range = ranges.next()) {
        digest.add(settlement(range));
      }
    }
    return digest.groups();
  }

  private static Settlement<String> settlement(ResultSet row) throws SQLException {
    long line = row.getLong(6);
    var origin = row.wasNull() ? null : new Origin("", line, 0, ByteSlice.EMPTY);
    return new Settlement<>(
        0,
        List.of(new Item<>(row.getLong(4), row.getString(5), "", origin)),
        Dispositions.named(row.getString(1)),
        new Reason(row.getString(2), row.getString(3)),
        0,
        List.of());
  }

  private static Settlement<String> settlement(UnsentItems range) {
    long first = range.span().first();
    int size = Math.toIntExact(range.span().size());
    List<Item<String>> items =
        new AbstractList<>() {
          @Override
          public Item<String> get(int index) {
            return Item.of(first + index, "");
          }

          @Override
          public int size() {
            return size;
          }
        };
    return new Settlement<>(
        0, items, Disposition.UNPROCESSED, range.reason(), 0, Collections.emptyList());
  }
}
