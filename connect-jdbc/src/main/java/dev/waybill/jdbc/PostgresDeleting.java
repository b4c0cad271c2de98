package dev.waybill.jdbc;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Traits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Deletes rows of a table of a PostgreSQL database by their key. One transaction a batch.
final class PostgresDeleting implements Destination<Fields> {

  private static final int SUGGESTED_ITEMS = 1_000;

  private final PostgresPool pool;
  private final Settings settings;
  private final Delivery delivery;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Open open;

  /// How keys become rows of the table.
  private record Open(RowEncoder encoder, String delete) {}

  /// Looks at nothing yet: the table may be made by the writes before.
  PostgresDeleting(PostgresPool pool, Settings settings, Delivery delivery) {
    this.pool = pool;
    this.settings = settings;
    this.delivery = delivery;
  }

  @Override
  public Traits traits() {
    return Traits.of(Traits.Idempotence.IDEMPOTENT)
        .maxInFlight(pool.connections())
        .suggesting(SUGGESTED_ITEMS, pool.connections(), 0);
  }

  @Override
  public Reply send(Batch<Fields> batch) {
    try (Connection connection = pool.connection()) {
      Open ready = open(connection);
      return switch (ready.encoder().encode(batch.items())) {
        case Rows.Unfit(Reply reply) -> reply;
        case Rows.Ready(List<Row> rows) -> delete(connection, ready, rows);
      };
    } catch (SQLException e) {
      return reply(e, batch.size());
    }
  }

  private Open open(Connection connection) throws SQLException {
    opening.lock();
    try {
      Open ready = open;
      if (ready == null) {
        Table table = new PostgresTables(settings, pool.shown()).load(connection);
        var statements =
            new PostgresStatements(table, settings.mode(), Key.of(table, settings).columns());
        ready = new Open(new RowEncoder(table, settings, delivery.columns()), statements.delete());
        open = ready;
      }
      return ready;
    } finally {
      opening.unlock();
    }
  }

  private Reply delete(Connection connection, Open ready, List<Row> rows) throws SQLException {
    boolean committing = false;
    try (var delete = connection.prepareStatement(ready.delete())) {
      for (int c = 0; c < rows.getFirst().size(); c++) {
        @Nullable String[] column = new @Nullable String[rows.size()];
        for (int r = 0; r < column.length; r++) {
          column[r] = PostgresWriter.text(rows.get(r).value(c));
        }
        delete.setArray(c + 1, connection.createArrayOf("text", column));
      }
      delete.executeUpdate();
      committing = true;
      connection.commit();
      return Reply.accepted(rows.size());
    } catch (SQLException e) {
      if (committing && !PostgresErrors.commitWasRolledBack(e)) {
        pool.discard(connection);
        return new Reply.InDoubt(PostgresErrors.reason(e));
      }
      connection.rollback();
      return reply(e, rows.size());
    }
  }

  /// Of rows that others refer to, most of all.
  private Reply reply(SQLException error, int size) {
    return Replies.whole(
        PostgresErrors.meaning(error), PostgresErrors.reason(error), size, settings.mode());
  }

  @Override
  public void close() {
    pool.close();
  }
}
