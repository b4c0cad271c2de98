package dev.waybill.server.catalog;

import dev.waybill.server.catalog.Listing.Field;
import dev.waybill.server.catalog.Listing.Kind;
import dev.waybill.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The flows, and when each is due.
final class FlowTable {

  private static final String COLUMNS =
      "id, organisation, sandbox, name, description, job, diagnostics, partial_share, cron, zone,"
          + " every_seconds, starts_at, enabled, pausing, folder_file, document, "
          + Rows.STAMP;

  private static final String FROM = " FROM flow";

  private static final String LAST_RUN =
      "(SELECT r.%s FROM run r WHERE r.flow = flow.id ORDER BY r.created_at DESC, r.id DESC LIMIT 1)";

  private static final Listing<Flow> LISTING =
      new Listing<>(
          "flows",
          COLUMNS,
          FROM,
          Map.of(
              "id", new Field("id", Kind.TEXT),
              "name", new Field("name", Kind.TEXT),
              "state",
                  new Field("CASE enabled WHEN 1 THEN 'enabled' ELSE 'disabled' END", Kind.TEXT),
              "lastRunDetails.state", new Field(LAST_RUN.formatted("state"), Kind.TEXT),
              "lastRunDetails.startedAtUTC", new Field(LAST_RUN.formatted("started_at"), Kind.TIME),
              "createdAt", new Field("created_at", Kind.TIME),
              "updatedAt", new Field("updated_at", Kind.TIME)),
          FlowTable::row);

  private final Store store;

  FlowTable(Store store) {
    this.store = store;
  }

  void add(Flow flow) {
    store.write(
        handle ->
            bind(
                    handle.createUpdate(
                        "INSERT INTO flow ("
                            + COLUMNS
                            + ", next_due_at) VALUES (:id, :organisation, :sandbox, :name,"
                            + " :description, :job, :diagnostics, :share, :cron, :zone, :every,"
                            + " :start, :enabled, :pausing, :folderFile, :document, "
                            + Rows.STAMP_VALUES
                            + ", :due)"),
                    flow)
                .bind("due", Listing.millis(firstDue(flow)))
                .execute());
  }

  void change(Flow flow) {
    store.write(
        handle -> {
          Flow before = find(handle, flow.tenant(), flow.id()).orElse(null);
          boolean sameTimes =
              before != null
                  && Objects.equals(before.schedule(), flow.schedule())
                  && before.enabled() == flow.enabled();
          Update update =
              bind(
                  handle.createUpdate(
                      "UPDATE flow SET name = :name, description = :description, job = :job,"
                          + " diagnostics = :diagnostics, partial_share = :share, cron = :cron,"
                          + " zone = :zone, every_seconds = :every, starts_at = :start,"
                          + " enabled = :enabled, pausing = :pausing, folder_file = :folderFile,"
                          + " document = :document,"
                          + " version = :version, updated_at = :updatedAt, updated_by = :updatedBy"
                          + (sameTimes ? "" : ", next_due_at = :due")
                          + " WHERE id = :id AND version = :version - 1 AND removed = 0"),
                  flow);
          if (!sameTimes) {
            update.bind("due", Listing.millis(firstDue(flow)));
          }
          return fresh(update.execute(), flow);
        });
  }

  /// The first time from its last change on; that instant itself counts.
  private static @Nullable Instant firstDue(Flow flow) {
    Schedule schedule = flow.schedule();
    return schedule == null || !flow.enabled()
        ? null
        : schedule.after(flow.stamp().updatedAt().minusMillis(1)).orElse(null);
  }

  /// Its runs that wait are over by that; those under way are told to end.
  void remove(Flow flow, Instant now) {
    store.write(
        handle -> {
          fresh(
              handle.execute(
                  "UPDATE flow SET removed = 1, next_due_at = NULL WHERE id = ? AND version = ?"
                      + " AND removed = 0",
                  flow.id(),
                  flow.stamp().version()),
              flow);
          handle.execute(
              "UPDATE run SET state = 'failed', completed_at = ?, error = ? WHERE flow = ?"
                  + " AND state = 'queued'",
              now.toEpochMilli(),
              "cancelled before it began: its flow was removed",
              flow.id());
          return handle.execute(
              "UPDATE run SET removed = 1, cancelling = 1 WHERE flow = ?", flow.id());
        });
  }

  private static int fresh(int changed, Flow flow) {
    if (changed == 0) {
      throw new StaleException(
          "The flow " + flow.id() + " was changed or removed meanwhile; read it again.");
    }
    return changed;
  }

  Optional<Flow> find(Tenant tenant, String id) {
    return store.read(handle -> find(handle, tenant, id));
  }

  private static Optional<Flow> find(Handle handle, Tenant tenant, String id) {
    return Rows.bind(
            handle.createQuery(
                "SELECT "
                    + COLUMNS
                    + FROM
                    + " WHERE id = :id AND organisation = :organisation AND sandbox = :sandbox"
                    + " AND removed = 0"),
            tenant)
        .bind("id", id)
        .map(FlowTable::row)
        .findOne();
  }

  Page<Flow> list(Tenant tenant, Query query) {
    return store.read(
        handle ->
            LISTING.page(
                handle,
                query,
                "organisation = ? AND sandbox = ? AND removed = 0",
                List.of(tenant.organisation(), tenant.sandbox())));
  }

  List<Flow> ofFolder() {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + FROM
                        + " WHERE folder_file IS NOT NULL AND removed = 0 ORDER BY folder_file")
                .map(FlowTable::row)
                .list());
  }

  List<Catalog.Due> due(Instant now) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + ", next_due_at"
                        + FROM
                        + " WHERE next_due_at <= :now AND enabled = 1 AND removed = 0"
                        + " ORDER BY next_due_at")
                .bind("now", now.toEpochMilli())
                .map(
                    (row, context) ->
                        new Catalog.Due(
                            row(row, context), Instant.ofEpochMilli(row.getLong("next_due_at"))))
                .list());
  }

  Optional<Instant> nextDue(Flow flow) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT next_due_at FROM flow WHERE id = :id AND next_due_at IS NOT NULL")
                .bind("id", flow.id())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  boolean moveOn(Catalog.Due due, @Nullable Instant next) {
    return store.write(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE flow SET next_due_at = :next WHERE id = :id AND next_due_at = :at")
                    .bind("next", Listing.millis(next))
                    .bind("id", due.flow().id())
                    .bind("at", due.at().toEpochMilli())
                    .execute())
        == 1;
  }

  private static Update bind(Update update, Flow flow) {
    Rows.bind(update, flow.tenant());
    Rows.bind(update, flow.stamp());
    update
        .bind("id", flow.id())
        .bind("name", flow.name())
        .bind("description", flow.description())
        .bind("job", flow.job())
        .bind("diagnostics", Rows.flag(flow.options().errorDiagnosticsEnabled()))
        .bind("share", flow.options().partialIngestionPercent())
        .bind("enabled", Rows.flag(flow.enabled()))
        .bind("pausing", Rows.flag(flow.options().pauseAfterFailure()))
        .bind("folderFile", flow.folderFile())
        .bind("document", flow.document());
    return switch (flow.schedule()) {
      case null -> times(update, null, null, null, null);
      case Schedule.Cron(String expression, ZoneId zone) ->
          times(update, expression, zone.getId(), null, null);
      case Schedule.Every(Instant start, Duration interval) ->
          times(update, null, null, interval.toSeconds(), start.toEpochMilli());
    };
  }

  private static Update times(
      Update update,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable Long every,
      @Nullable Long start) {
    return update.bind("cron", cron).bind("zone", zone).bind("every", every).bind("start", start);
  }

  private static Flow row(ResultSet row, StatementContext context) throws SQLException {
    return new Flow(
        row.getString("id"),
        Rows.tenant(row),
        row.getString("name"),
        row.getString("description"),
        row.getString("job"),
        new FlowOptions(
            row.getInt("diagnostics") == 1,
            row.getDouble("partial_share"),
            row.getInt("pausing") == 1),
        schedule(row),
        row.getInt("enabled") == 1,
        row.getString("folder_file"),
        row.getString("document"),
        Rows.stamp(row));
  }

  private static @Nullable Schedule schedule(ResultSet row) throws SQLException {
    String cron = row.getString("cron");
    if (cron != null) {
      return new Schedule.Cron(cron, ZoneId.of(row.getString("zone")));
    }
    Instant start = Rows.time(row, "starts_at");
    return start == null
        ? null
        : new Schedule.Every(start, Duration.ofSeconds(row.getLong("every_seconds")));
  }
}
