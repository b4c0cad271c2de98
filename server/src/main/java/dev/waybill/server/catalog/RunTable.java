package dev.waybill.server.catalog;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Listing.Field;
import dev.waybill.server.catalog.Listing.Kind;
import dev.waybill.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The runs, and which process works on each.
final class RunTable {

  private static final String COLUMNS =
      "id, organisation, sandbox, flow, flow_version, parent, cause, state, started_at,"
          + " completed_at, read, delivered, rejected, unknown, unprocessed, calls, input_bytes,"
          + " output_bytes, error, cancelling, "
          + Rows.STAMP;

  private static final String FROM = " FROM run";

  private static final String SELECT = "SELECT " + COLUMNS + FROM;

  private static final Listing<FlowRun> LISTING =
      new Listing<>(
          "runs",
          COLUMNS,
          FROM,
          Map.of(
              "id", new Field("id", Kind.TEXT),
              "flowId", new Field("flow", Kind.TEXT),
              "metrics.statusSummary.status", new Field("state", Kind.TEXT),
              "metrics.durationSummary.startedAtUTC", new Field("started_at", Kind.TIME),
              "metrics.durationSummary.completedAtUTC", new Field("completed_at", Kind.TIME),
              "lastRunDetails.startedAtUTC", new Field("started_at", Kind.TIME),
              "createdAt", new Field("created_at", Kind.TIME),
              "updatedAt", new Field("updated_at", Kind.TIME)),
          RunTable::row);

  /// An insert that was refused, whose reason is gone a moment later, is tried again so often.
  private static final int MOST_TRIES = 10;

  private final Store store;

  RunTable(Store store) {
    this.store = store;
  }

  FlowRun enqueue(FlowRun run) {
    for (int i = 0; i < MOST_TRIES; i++) {
      if (store.write(handle -> insert(handle, run, null))) {
        return run;
      }
      Optional<FlowRun> other =
          unfinished(run.flowId()).stream().filter(one -> one.parent() == null).findFirst();
      if (other.isPresent()) {
        throw new UserException(
            "A run of this flow is not over yet (%s); wait for its end, or cancel it."
                .formatted(other.get().id()));
      }
    }
    throw new IllegalStateException("run " + run.id() + " can not be queued");
  }

  FlowRun enqueueRetry(FlowRun run, int number) {
    for (int i = 0; i < MOST_TRIES; i++) {
      if (store.write(handle -> insert(handle, run, number))) {
        return run;
      }
      Optional<FlowRun> same =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          SELECT
                              + " WHERE parent = :parent AND (retry_number = :number"
                              + " OR state IN ('queued', 'running')) LIMIT 1")
                      .bind("parent", run.parent())
                      .bind("number", number)
                      .map(RunTable::row)
                      .findOne());
      if (same.isPresent()) {
        return same.get();
      }
    }
    throw new IllegalStateException("run " + run.id() + " can not be queued");
  }

  private static boolean insert(Handle handle, FlowRun run, @Nullable Integer retryNumber) {
    Update insert =
        handle.createUpdate(
            "INSERT INTO run ("
                + COLUMNS
                + ", retry_number) VALUES (:id, :organisation, :sandbox, :flow, :flowVersion,"
                + " :parent, :cause, :state, :startedAt, :completedAt, :read, :delivered,"
                + " :rejected, :unknown, :unprocessed, :calls, :inputBytes, :outputBytes, :error,"
                + " :cancelling, "
                + Rows.STAMP_VALUES
                + ", :retryNumber) ON CONFLICT DO NOTHING");
    Rows.bind(insert, run.tenant());
    return bind(Rows.bind(insert, run.stamp()), run)
            .bind("flow", run.flowId())
            .bind("flowVersion", run.flowVersion())
            .bind("parent", run.parent())
            .bind("cause", name(run.trigger()))
            .bind("cancelling", Rows.flag(run.cancelling()))
            .bind("retryNumber", retryNumber)
            .execute()
        == 1;
  }

  Optional<FlowRun> find(Tenant tenant, String id) {
    return store.read(
        handle ->
            Rows.bind(
                    handle.createQuery(
                        SELECT
                            + " WHERE id = :id AND organisation = :organisation"
                            + " AND sandbox = :sandbox AND removed = 0"),
                    tenant)
                .bind("id", id)
                .map(RunTable::row)
                .findOne());
  }

  Page<FlowRun> list(Tenant tenant, Query query) {
    return store.read(handle -> LISTING.page(handle, query, OF_TENANT, values(tenant)));
  }

  long count(Tenant tenant, Query query) {
    return store.read(handle -> LISTING.count(handle, query, OF_TENANT, values(tenant)));
  }

  private static final String OF_TENANT = "organisation = ? AND sandbox = ? AND removed = 0";

  private static List<String> values(Tenant tenant) {
    return List.of(tenant.organisation(), tenant.sandbox());
  }

  List<FlowRun> retries(FlowRun run) {
    return select(" WHERE parent = ? ORDER BY retry_number", run.id());
  }

  List<FlowRun> unfinished(String flow) {
    return select(
        " WHERE flow = ? AND state IN ('queued', 'running') ORDER BY created_at, id", flow);
  }

  List<FlowRun> unfinished() {
    return select(" WHERE state IN ('queued', 'running') ORDER BY created_at, id");
  }

  Optional<FlowRun> take(String worker, Instant now) {
    boolean shared = store.dialect() == Store.Dialect.POSTGRESQL;
    return store.write(
        handle ->
            handle
                .createQuery(
                    "UPDATE run SET state = 'running', started_at = coalesce(started_at, :now),"
                        + " worker = :worker, beat_at = :now, updated_at = :now,"
                        + " version = version + 1 WHERE id = (SELECT id FROM run"
                        + " WHERE state = 'queued' ORDER BY created_at, id LIMIT 1"
                        + (shared ? " FOR UPDATE SKIP LOCKED" : "")
                        + ") AND state = 'queued' RETURNING "
                        + COLUMNS)
                .bind("now", now.toEpochMilli())
                .bind("worker", worker)
                .map(RunTable::row)
                .findOne());
  }

  int beat(String worker, Instant now) {
    return store.write(
        handle ->
            handle.execute(
                "UPDATE run SET beat_at = ? WHERE worker = ? AND state = 'running'",
                now.toEpochMilli(),
                worker));
  }

  int release(String worker) {
    return store.write(
        handle ->
            handle.execute(
                "UPDATE run SET worker = NULL WHERE worker = ? AND state = 'running'", worker));
  }

  int release(FlowRun run, String worker) {
    return store.write(
        handle ->
            handle.execute(
                "UPDATE run SET worker = NULL WHERE id = ? AND worker = ? AND state = 'running'",
                run.id(),
                worker));
  }

  private static final String ORPHANED = " state = 'running' AND (worker IS NULL OR beat_at <= ?)";

  List<FlowRun> orphans(Instant now, Duration silence) {
    return select(
        " WHERE" + ORPHANED + " ORDER BY created_at, id", now.minus(silence).toEpochMilli());
  }

  boolean takeOver(FlowRun run, String worker, Instant now, Duration silence) {
    return store.write(
            handle ->
                handle.execute(
                    "UPDATE run SET worker = ?, beat_at = ? WHERE id = ? AND" + ORPHANED,
                    worker,
                    now.toEpochMilli(),
                    run.id(),
                    now.minus(silence).toEpochMilli()))
        == 1;
  }

  boolean update(FlowRun run, String worker, Instant now) {
    return store.write(
            handle ->
                bind(
                        handle.createUpdate(
                            "UPDATE run SET state = :state, started_at = :startedAt,"
                                + " completed_at = :completedAt, read = :read,"
                                + " delivered = :delivered, rejected = :rejected,"
                                + " unknown = :unknown, unprocessed = :unprocessed,"
                                + " calls = :calls, input_bytes = :inputBytes,"
                                + " output_bytes = :outputBytes, error = :error,"
                                + " updated_at = :now, version = version + 1"
                                + " WHERE id = :id AND worker = :worker AND state = 'running'"),
                        run)
                    .bind("worker", worker)
                    .bind("now", now.toEpochMilli())
                    .execute())
        == 1;
  }

  void cancel(FlowRun run, Instant now, String why) {
    store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE run SET cancelling = 1,"
                        + " error = CASE state WHEN 'queued' THEN :why ELSE error END,"
                        + " completed_at = CASE state WHEN 'queued' THEN :now ELSE completed_at END,"
                        + " state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,"
                        + " updated_at = :now, version = version + 1"
                        + " WHERE id = :id AND state IN ('queued', 'running')")
                .bind("why", why)
                .bind("now", now.toEpochMilli())
                .bind("id", run.id())
                .execute());
  }

  List<String> cancelling(String worker) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM run WHERE worker = :worker AND state = 'running'"
                        + " AND cancelling = 1")
                .bind("worker", worker)
                .mapTo(String.class)
                .list());
  }

  private List<FlowRun> select(String where, Object... values) {
    return store.read(handle -> handle.select(SELECT + where, values).map(RunTable::row).list());
  }

  private static Update bind(Update update, FlowRun run) {
    FlowRun.Counts counts = run.counts();
    return update
        .bind("id", run.id())
        .bind("state", name(run.state()))
        .bind("startedAt", Listing.millis(run.startedAt()))
        .bind("completedAt", Listing.millis(run.completedAt()))
        .bind("read", counts.read())
        .bind("delivered", counts.delivered())
        .bind("rejected", counts.rejected())
        .bind("unknown", counts.unknown())
        .bind("unprocessed", counts.unprocessed())
        .bind("calls", counts.calls())
        .bind("inputBytes", counts.inputBytes())
        .bind("outputBytes", counts.outputBytes())
        .bind("error", run.error());
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static FlowRun row(ResultSet row, StatementContext context) throws SQLException {
    return new FlowRun(
        row.getString("id"),
        Rows.tenant(row),
        row.getString("flow"),
        row.getLong("flow_version"),
        row.getString("parent"),
        FlowRun.Trigger.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
        FlowRun.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Rows.time(row, "started_at"),
        Rows.time(row, "completed_at"),
        new FlowRun.Counts(
            row.getLong("read"),
            row.getLong("delivered"),
            row.getLong("rejected"),
            row.getLong("unknown"),
            row.getLong("unprocessed"),
            row.getLong("calls"),
            row.getLong("input_bytes"),
            row.getLong("output_bytes")),
        row.getString("error"),
        row.getInt("cancelling") == 1,
        Rows.stamp(row));
  }
}
