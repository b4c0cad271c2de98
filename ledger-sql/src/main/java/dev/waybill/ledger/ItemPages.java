package dev.waybill.ledger;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Lists a run's undelivered items part by part. The cost of a part does not grow with the run: a
/// part begins at an ordinal, and ends after so many rows even if few of them were wanted.
final class ItemPages {

  /// Rows that are looked at for one part; a tenth of a second's work at the most.
  static final int MOST_ROWS = 100_000;

  private final Connection connection;
  private final long run;
  private final ItemQuery query;
  private final Instant endedAt;

  /// @param endedAt when items that were never sent came to their end
  ItemPages(Connection connection, long run, ItemQuery query, Instant endedAt) {
    this.connection = connection;
    this.run = run;
    this.query = query;
    this.endedAt = endedAt;
  }

  ItemPage page() throws SQLException {
    List<ItemRecord> found = items();
    long reach = found.size() > query.limit() ? Long.MAX_VALUE : endOfPart();
    if (query.dispositions().contains(Disposition.UNPROCESSED)) {
      for (ItemRecord unsent : unsent()) {
        if (unsent.ordinal() <= reach) {
          found.add(unsent);
        }
      }
      found.sort(Comparator.comparingLong(ItemRecord::ordinal));
    }
    if (found.size() > query.limit()) {
      List<ItemRecord> part = found.subList(0, query.limit());
      return new ItemPage(part, part.getLast().ordinal());
    }
    return new ItemPage(found, reach == Long.MAX_VALUE ? 0 : reach);
  }

  private List<ItemRecord> items() throws SQLException {
    String wanted =
        query.dispositions().stream()
            .map(disposition -> "'" + Dispositions.name(disposition) + "'")
            .collect(Collectors.joining(", "));
    try (PreparedStatement select =
        connection.prepareStatement(
            ItemQueries.COLUMNS
                + " FROM (SELECT * FROM item WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT "
                + MOST_ROWS
                + ") i LEFT JOIN item_file f ON f.run = i.run AND f.number = i.file"
                + " WHERE i.disposition IN ("
                + (wanted.isEmpty() ? "''" : wanted)
                + ")"
                + (query.code() == null ? "" : " AND i.code = ?")
                + (query.text() == null ? "" : " AND lower(i.message) LIKE ? ESCAPE '!'")
                + " ORDER BY i.ordinal LIMIT "
                + (query.limit() + 1))) {
      select.setLong(1, run);
      select.setLong(2, query.after());
      int next = 3;
      if (query.code() != null) {
        select.setString(next++, query.code());
      }
      if (query.text() != null) {
        String text = query.text().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
        select.setString(next, "%" + text + "%");
      }
      var found = new ArrayList<ItemRecord>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(ItemQueries.item(row));
        }
      }
      return found;
    }
  }

  /// The ordinal of the last row that was looked at; the greatest number if that was the run's
  /// last.
  private long endOfPart() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ordinal FROM item WHERE run = ? AND ordinal > ? ORDER BY ordinal LIMIT 1 OFFSET "
                + (MOST_ROWS - 1))) {
      select.setLong(1, run);
      select.setLong(2, query.after());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : Long.MAX_VALUE;
      }
    }
  }

  private List<ItemRecord> unsent() throws SQLException {
    var found = new ArrayList<ItemRecord>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT first, last, code, message FROM unsent WHERE run = ? AND last > ?"
                + " ORDER BY first")) {
      select.setLong(1, run);
      select.setLong(2, query.after());
      try (ResultSet row = select.executeQuery()) {
        while (found.size() <= query.limit() && row.next()) {
          var reason = new Reason(row.getString(3), row.getString(4));
          if (isWanted(reason)) {
            long from = Math.max(row.getLong(1), query.after() + 1);
            long to = Math.min(row.getLong(2), from + query.limit());
            for (long ordinal = from; ordinal <= to; ordinal++) {
              found.add(unsent(ordinal, reason));
            }
          }
        }
      }
    }
    return found;
  }

  private boolean isWanted(Reason reason) {
    return (query.code() == null || query.code().equals(reason.code()))
        && (query.text() == null
            || reason
                .message()
                .toLowerCase(Locale.ROOT)
                .contains(query.text().toLowerCase(Locale.ROOT)));
  }

  private ItemRecord unsent(long ordinal, Reason reason) {
    return new ItemRecord(
        ordinal, null, Disposition.UNPROCESSED, reason, 0, 0, null, endedAt, null);
  }
}
