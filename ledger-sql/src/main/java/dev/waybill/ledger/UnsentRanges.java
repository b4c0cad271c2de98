package dev.waybill.ledger;

import dev.waybill.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Writes ranges of items that were never sent. They come in the source's order for the most part,
/// so only the last range is held, and grows as long as the next item follows for the same reason.
final class UnsentRanges implements AutoCloseable {

  private static final int MOST_GATHERED = 1_000;

  private final PreparedStatement store;
  private long first;
  private long last;
  private @Nullable Reason reason;
  private boolean changed;
  private int gathered;

  UnsentRanges(Connection connection, long run) throws SQLException {
    this.store =
        connection.prepareStatement(
            "INSERT INTO unsent (run, first, last, code, message) VALUES ("
                + run
                + ", ?, ?, ?, ?) ON CONFLICT (run, first) DO UPDATE SET last = excluded.last");
  }

  void add(long from, long to, Reason why) throws SQLException {
    if (from == last + 1 && why.equals(reason)) {
      last = to;
    } else {
      gather();
      first = from;
      last = to;
      reason = why;
    }
    changed = true;
  }

  boolean isFull() {
    return gathered >= MOST_GATHERED;
  }

  private void gather() throws SQLException {
    Reason why = reason;
    if (changed && why != null) {
      store.setLong(1, first);
      store.setLong(2, last);
      store.setString(3, why.code());
      store.setString(4, why.message());
      store.addBatch();
      gathered++;
      changed = false;
    }
  }

  void write() throws SQLException {
    gather();
    if (gathered > 0) {
      store.executeBatch();
      gathered = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}
