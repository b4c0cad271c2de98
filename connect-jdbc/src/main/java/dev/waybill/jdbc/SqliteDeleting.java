package dev.waybill.jdbc;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Traits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// Deletes rows of a table of an SQLite file by their key. One transaction a batch.
final class SqliteDeleting implements Destination<Fields> {

  private static final int SUGGESTED_ITEMS = 1_000;

  private final SqliteSession session;
  private final Settings settings;
  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Open open;

  /// A connection, and how keys become rows of the table.
  private record Open(Connection connection, RowEncoder encoder, String delete) {}

  /// Looks at nothing yet: the table may be made by the writes before.
  SqliteDeleting(SqliteSession session, Settings settings, Delivery delivery) {
    this.session = session;
    this.settings = settings;
    this.delivery = delivery;
  }

  @Override
  public Traits traits() {
    return Traits.of(Traits.Idempotence.IDEMPOTENT)
        .maxInFlight(1)
        .suggesting(SUGGESTED_ITEMS, 1, 0);
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Open ready = open();
      return switch (ready.encoder().encode(batch.items())) {
        case Rows.Unfit(Reply reply) -> reply;
        case Rows.Ready(List<Row> rows) -> delete(ready, rows);
      };
    } catch (SQLiteException e) {
      return reply(e, batch.size());
    } catch (SQLException e) {
      return new Reply.Unavailable(Reason.of(String.valueOf(e.getMessage())));
    } finally {
      lock.unlock();
    }
  }

  private Open open() throws SQLException {
    Open ready = open;
    if (ready == null) {
      Connection connection = session.connect();
      session.prepare(connection);
      Table table = new SqliteTables(session.file(), settings).load(connection);
      String same =
          Key.of(table, settings).columns().stream()
              .map(column -> Quote.name(column.name()) + " = ?")
              .collect(Collectors.joining(" and "));
      ready =
          new Open(
              connection,
              new RowEncoder(table, settings, delivery.columns()),
              "delete from " + table.sql() + " where " + same);
      connection.setAutoCommit(false);
      open = ready;
    }
    return ready;
  }

  private Reply delete(Open ready, List<Row> rows) throws SQLException {
    boolean committing = false;
    try (var delete = ready.connection().prepareStatement(ready.delete())) {
      for (Row row : rows) {
        for (int i = 0; i < row.size(); i++) {
          delete.setObject(i + 1, row.value(i));
        }
        delete.addBatch();
      }
      delete.executeBatch();
      committing = true;
      ready.connection().commit();
      return Reply.accepted(rows.size());
    } catch (SQLiteException e) {
      if (committing && (e.getResultCode().code & 0xff) == SqliteErrors.IOERR) {
        close();
        return new Reply.InDoubt(SqliteErrors.reason(e));
      }
      ready.connection().rollback();
      return reply(e, rows.size());
    }
  }

  /// Of rows that others refer to, most of all.
  private Reply reply(SQLiteException error, int size) {
    return Replies.whole(
        SqliteErrors.meaning(error), SqliteErrors.reason(error), size, settings.mode());
  }

  @Override
  public void close() {
    Open ready = open;
    open = null;
    if (ready != null) {
      try {
        ready.connection().close();
      } catch (SQLException e) {
        // what was not committed is rolled back
      }
    }
  }
}
