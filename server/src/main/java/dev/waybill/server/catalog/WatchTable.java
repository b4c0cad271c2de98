package dev.waybill.server.catalog;

import dev.waybill.UserException;
import dev.waybill.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// What was watched of runs: samples of their counts, and the calls that they made.
final class WatchTable {

  private static final int MOST_SAMPLES = 600;

  private static final int MOST_USUAL_CALLS = 200;

  private static final int MOST_KEPT_CALLS = 1_000;

  private final Store store;

  WatchTable(Store store) {
    this.store = store;
  }

  void add(FlowRun run, Sample sample) {
    store.write(
        handle -> {
          handle.execute(
              "INSERT INTO sample (run, at, delivered, rejected, unknown, unprocessed, calls,"
                  + " throttled_ms, in_flight) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING",
              run.id(),
              sample.at().toMillis(),
              sample.delivered(),
              sample.rejected(),
              sample.unknown(),
              sample.unprocessed(),
              sample.calls(),
              sample.throttled().toMillis(),
              sample.inFlight());
          return thinOut(handle, run.id());
        });
  }

  /// Takes out every second one when they are too many; the last one stays.
  private static int thinOut(Handle handle, String run) {
    long count =
        handle.select("SELECT count(*) FROM sample WHERE run = ?", run).mapTo(Long.class).one();
    return count <= MOST_SAMPLES
        ? 0
        : handle.execute(
            "DELETE FROM sample WHERE run = ? AND at IN (SELECT at FROM (SELECT at,"
                + " row_number() OVER (ORDER BY at DESC) AS place FROM sample WHERE run = ?)"
                + " AS numbered WHERE place % 2 = 0)",
            run, run);
  }

  List<Sample> samples(FlowRun run) {
    return store.read(
        handle ->
            handle
                .select(
                    "SELECT at, delivered, rejected, unknown, unprocessed, calls, throttled_ms,"
                        + " in_flight FROM sample WHERE run = ? ORDER BY at",
                    run.id())
                .map(
                    (row, context) ->
                        new Sample(
                            Duration.ofMillis(row.getLong(1)),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            Duration.ofMillis(row.getLong(7)),
                            row.getInt(8)))
                .list());
  }

  void add(FlowRun run, List<CallRecord> calls) {
    if (calls.isEmpty()) {
      return;
    }
    store.write(
        handle -> {
          insert(handle, run.id(), calls);
          keepPartsOfFailed(handle, run.id(), calls.getFirst().number());
          dropBut(handle, run.id(), 0, MOST_USUAL_CALLS);
          return dropBut(handle, run.id(), 1, MOST_KEPT_CALLS);
        });
  }

  private static void insert(Handle handle, String run, List<CallRecord> calls) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO call (run, number, batch, attempt, kind, began_at, took_micros, first,"
                + " last, items, outcome, accepted, rejected, deferred, reason, request, answer,"
                + " failed, kept) VALUES (:run, :number, :batch, :attempt, :kind, :beganAt, :took,"
                + " :first, :last, :items, :outcome, :accepted, :rejected, :deferred, :reason,"
                + " :request, :answer, :failed, :failed) ON CONFLICT DO NOTHING");
    for (CallRecord call : calls) {
      batch
          .bind("run", run)
          .bind("number", call.number())
          .bind("batch", call.batch())
          .bind("attempt", call.attempt())
          .bind("kind", call.kind())
          .bind("beganAt", call.beganAt().toEpochMilli())
          .bind("took", call.took().toNanos() / 1_000)
          .bind("first", call.first())
          .bind("last", call.last())
          .bind("items", call.items())
          .bind("outcome", call.outcome())
          .bind("accepted", call.accepted())
          .bind("rejected", call.rejected())
          .bind("deferred", call.deferred())
          .bind("reason", call.reason())
          .bind("request", call.request())
          .bind("answer", call.answer())
          .bind("failed", Rows.flag(!call.succeeded()))
          .add();
    }
    batch.execute();
  }

  private static void keepPartsOfFailed(Handle handle, String run, long from) {
    handle.execute(
        "UPDATE call SET kept = 1 WHERE run = ? AND number >= ? AND kept = 0 AND EXISTS (SELECT 1"
            + " FROM call f WHERE f.run = call.run AND f.failed = 1 AND f.first <= call.first"
            + " AND f.last >= call.last)",
        run,
        from);
  }

  private static int dropBut(Handle handle, String run, int kept, int most) {
    return handle.execute(
        "DELETE FROM call WHERE run = ? AND kept = ? AND number <= (SELECT number FROM call"
            + " WHERE run = ? AND kept = ? ORDER BY number DESC LIMIT 1 OFFSET ?)",
        run,
        kept,
        run,
        kept,
        most);
  }

  long lastCall(FlowRun run) {
    return store.read(
        handle ->
            handle
                .select("SELECT coalesce(max(number), 0) FROM call WHERE run = ?", run.id())
                .mapTo(Long.class)
                .one());
  }

  Page<CallRecord> calls(
      FlowRun run, Catalog.CallFilter filter, int limit, @Nullable String after) {
    String failed =
        switch (filter) {
          case ALL -> "";
          case FAILED -> " AND failed = 1";
        };
    List<CallRecord> calls =
        select(
            " AND number < ?" + failed + " ORDER BY number DESC LIMIT " + (limit + 1L),
            run,
            before(after));
    return calls.size() <= limit
        ? new Page<>(calls, null)
        : new Page<>(calls.subList(0, limit), Long.toString(calls.get(limit - 1).number()));
  }

  private static long before(@Nullable String after) {
    try {
      return after == null ? Long.MAX_VALUE : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new UserException(
          "This continuation token was not given out for a list of calls; begin at the first"
              + " page.",
          e);
    }
  }

  List<CallRecord> callsOver(FlowRun run, long first, long last, int limit) {
    return select(" AND first <= ? AND last >= ? ORDER BY number LIMIT " + limit, run, last, first);
  }

  private List<CallRecord> select(String rest, FlowRun run, Object... values) {
    var all = new Object[values.length + 1];
    all[0] = run.id();
    System.arraycopy(values, 0, all, 1, values.length);
    UnaryOperator<String> columns =
        where ->
            "SELECT number, batch, attempt, kind, began_at, took_micros, first, last, items,"
                + " outcome, accepted, rejected, deferred, reason, request, answer FROM call"
                + where;
    return store.read(
        handle ->
            handle
                .select(columns.apply(" WHERE run = ?" + rest), all)
                .map(WatchTable::call)
                .list());
  }

  private static CallRecord call(ResultSet row, StatementContext context) throws SQLException {
    return new CallRecord(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        Duration.ofNanos(row.getLong(6) * 1_000),
        row.getLong(7),
        row.getLong(8),
        row.getInt(9),
        row.getString(10),
        row.getInt(11),
        row.getInt(12),
        row.getInt(13),
        row.getString(14),
        row.getString(15),
        row.getString(16));
  }
}
