package dev.waybill.ledger;

import dev.waybill.Origin;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.spi.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which items have come to their end, whichever it is: in memory as spans, in the ledger as one
/// row a span. Both stay small, because the gaps between the spans are no more than the items under
/// way.
///
/// Each span remembers where its last item stands. The first span's is the checkpoint.
final class SettledSpans implements AutoCloseable {

  private static final class Entry {
    final long first;
    long last;
    int file;
    long line;
    long offset;
    boolean stored;
    boolean changed;

    Entry(long first, long last) {
      this.first = first;
      this.last = last;
    }

    void endsAt(int newFile, long newLine, long newOffset) {
      file = newFile;
      line = newLine;
      offset = newOffset;
    }
  }

  private final NavigableMap<Long, Entry> byFirst = new TreeMap<>();
  private final List<Entry> changed = new ArrayList<>();
  private final List<Long> swallowed = new ArrayList<>();
  private final PreparedStatement store;
  private final PreparedStatement remove;

  SettledSpans(Connection connection, long run) throws SQLException {
    this.store =
        connection.prepareStatement(
            "INSERT INTO settled (run, first, last, file, line, byte_offset) VALUES ("
                + run
                + ", ?, ?, ?, ?, ?) ON CONFLICT (run, first) DO UPDATE SET last = excluded.last,"
                + " file = excluded.file, line = excluded.line, byte_offset = excluded.byte_offset");
    this.remove =
        connection.prepareStatement("DELETE FROM settled WHERE run = " + run + " AND first = ?");
  }

  void load(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT first, last, file, line, byte_offset FROM settled WHERE run = ?")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          var entry = new Entry(row.getLong(1), row.getLong(2));
          entry.endsAt(row.getInt(3), row.getLong(4), row.getLong(5));
          entry.stored = true;
          byFirst.put(entry.first, entry);
        }
      }
    }
  }

  /// Adds the items from `first` to `last`, none of which was there.
  ///
  /// @param file the number of the file in which the last one stands; 0 if in none
  /// @param origin where the last one stands
  void add(long first, long last, int file, @Nullable Origin origin) {
    Map.Entry<Long, Entry> before = byFirst.floorEntry(first);
    if (before != null && before.getValue().last >= first) {
      throw new IllegalStateException("item " + first + " came to its end twice");
    }
    Entry entry;
    if (before != null && before.getValue().last == first - 1) {
      entry = before.getValue();
      entry.last = last;
    } else {
      entry = new Entry(first, last);
      byFirst.put(first, entry);
    }
    entry.endsAt(file, origin == null ? 0 : origin.line(), origin == null ? 0 : origin.offset());
    Entry after = byFirst.remove(last + 1);
    if (after != null) {
      entry.last = after.last;
      entry.endsAt(after.file, after.line, after.offset);
      if (after.stored) {
        swallowed.add(after.first);
      }
      // It may wait to be stored; it must not be.
      after.changed = false;
    }
    if (!entry.changed) {
      entry.changed = true;
      changed.add(entry);
    }
  }

  boolean containsAll(Span span) {
    Map.Entry<Long, Entry> entry = byFirst.floorEntry(span.first());
    return entry != null && entry.getValue().last >= span.last();
  }

  /// Writes what has changed.
  void write() throws SQLException {
    for (long first : swallowed) {
      remove.setLong(1, first);
      remove.addBatch();
    }
    if (!swallowed.isEmpty()) {
      remove.executeBatch();
      swallowed.clear();
    }
    for (Entry entry : changed) {
      if (entry.changed) {
        entry.changed = false;
        entry.stored = true;
        bind(entry);
        store.executeUpdate();
      }
    }
    changed.clear();
  }

  private void bind(Entry entry) throws SQLException {
    store.setLong(1, entry.first);
    store.setLong(2, entry.last);
    if (entry.file == 0) {
      store.setNull(3, Types.BIGINT);
      store.setNull(4, Types.BIGINT);
      store.setNull(5, Types.BIGINT);
    } else {
      store.setLong(3, entry.file);
      store.setLong(4, entry.line);
      store.setLong(5, entry.offset);
    }
  }

  /// The last record before which, itself included, none is open; null if there is none such, or if
  /// it stands in no file.
  @Nullable Checkpoint checkpoint(FileNumbers files) {
    Entry prefix = byFirst.get(1L);
    return prefix == null || prefix.file == 0
        ? null
        : new Checkpoint(prefix.last, files.name(prefix.file), prefix.line, prefix.offset);
  }

  Spans spans() {
    var spans = new Spans();
    byFirst.values().forEach(entry -> spans.add(entry.first, entry.last));
    return spans;
  }

  @Override
  public void close() throws SQLException {
    store.close();
    remove.close();
  }
}
