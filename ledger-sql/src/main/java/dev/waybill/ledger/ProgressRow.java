package dev.waybill.ledger;

import dev.waybill.Batch;
import dev.waybill.Settlement;
import dev.waybill.delivery.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// The counts of a run, over all its lives. Writing them is also the test whether this journal may
/// still write at all.
final class ProgressRow implements AutoCloseable {

  private final PreparedStatement store;
  private final String holder;
  private long delivered;
  private long rejected;
  private long unknown;
  private long unprocessed;
  private long callsBefore;
  private long retriesBefore;
  private long calls;
  private long retries;
  private long failedCalls;
  private long throttledCalls;
  private long throttledMillis;
  private long lastBatch;

  ProgressRow(Connection connection, long run, String holder) throws SQLException {
    this.holder = holder;
    this.store =
        connection.prepareStatement(
            "UPDATE progress SET delivered = ?, rejected = ?, unknown = ?, unprocessed = ?,"
                + " calls = ?, retries = ?, failed_calls = ?, throttled_calls = ?,"
                + " throttled_ms = ?, last_batch = ? WHERE run = "
                + run
                + " AND holder = ?");
  }

  void load(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT delivered, rejected, unknown, unprocessed, calls, retries, failed_calls,"
                + " throttled_calls, throttled_ms, last_batch FROM progress WHERE run = ?")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        delivered = row.getLong(1);
        rejected = row.getLong(2);
        unknown = row.getLong(3);
        unprocessed = row.getLong(4);
        callsBefore = row.getLong(5);
        retriesBefore = row.getLong(6);
        failedCalls = row.getLong(7);
        throttledCalls = row.getLong(8);
        throttledMillis = row.getLong(9);
        lastBatch = row.getLong(10);
      }
    }
  }

  long lastBatch() {
    return lastBatch;
  }

  void sends(Batch<?> batch) {
    calls++;
    if (batch.attempt() > 1) {
      retries++;
    }
    lastBatch = Math.max(lastBatch, batch.number());
  }

  void settled(Settlement<?> settlement) {
    int items = settlement.items().size();
    switch (settlement.disposition()) {
      case DELIVERED -> delivered += items;
      case REJECTED -> rejected += items;
      case UNKNOWN -> unknown += items;
      case UNPROCESSED -> unprocessed += items;
    }
  }

  /// What only the engine can tell, of this life.
  void finished(Tally tally, Duration throttled) {
    calls = tally.calls();
    retries = tally.retries();
    failedCalls += tally.failedCalls();
    throttledCalls += tally.throttledCalls();
    throttledMillis += throttled.toMillis();
  }

  /// Writes the counts.
  ///
  /// @return whether the lease is still held; if it is not, nothing was written
  boolean write() throws SQLException {
    store.setLong(1, delivered);
    store.setLong(2, rejected);
    store.setLong(3, unknown);
    store.setLong(4, unprocessed);
    store.setLong(5, callsBefore + calls);
    store.setLong(6, retriesBefore + retries);
    store.setLong(7, failedCalls);
    store.setLong(8, throttledCalls);
    store.setLong(9, throttledMillis);
    store.setLong(10, lastBatch);
    store.setString(11, holder);
    return store.executeUpdate() == 1;
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}
