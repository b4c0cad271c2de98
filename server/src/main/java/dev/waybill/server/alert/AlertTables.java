package dev.waybill.server.alert;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rules and notices as rows.
record AlertTables(Store store) {

  List<AlertRule> rules(Tenant tenant, String flow) {
    return of(tenant, flow).stream().map(WatchedRule::rule).toList();
  }

  List<WatchedRule> of(Tenant tenant, String flow) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM alert_rule WHERE flow = :flow AND organisation = :organisation"
                        + " AND sandbox = :sandbox ORDER BY position")
                .bind("flow", flow)
                .bind("organisation", tenant.organisation())
                .bind("sandbox", tenant.sandbox())
                .map((row, context) -> rule(row))
                .list());
  }

  List<WatchedRule> all() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM alert_rule ORDER BY flow, position")
                .map((row, context) -> rule(row))
                .list());
  }

  private static WatchedRule rule(ResultSet row) throws SQLException {
    return new WatchedRule(
        new Tenant(row.getString("organisation"), row.getString("sandbox")),
        row.getString("flow"),
        AlertForm.read("[" + row.getString("document") + "]").getFirst(),
        Instant.ofEpochMilli(row.getLong("created_at")),
        new Standing(maybe(row, "raised_at"), maybe(row, "told_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")),
        row.getString("seen_run"),
        row.getLong("version"));
  }

  /// Puts these rules in the place of those that are there; one that stays as it is goes on where
  /// it stands.
  void put(Tenant tenant, String flow, List<AlertRule> rules, Instant now) {
    store.write(
        handle -> {
          List<AlertRule> before =
              handle
                  .createQuery("SELECT * FROM alert_rule WHERE flow = :flow")
                  .bind("flow", flow)
                  .map((row, context) -> rule(row).rule())
                  .list();
          for (AlertRule old : before) {
            if (!rules.contains(old)) {
              handle
                  .createUpdate("DELETE FROM alert_rule WHERE flow = :flow AND id = :id")
                  .bind("flow", flow)
                  .bind("id", old.id())
                  .execute();
            }
          }
          for (int i = 0; i < rules.size(); i++) {
            if (!before.contains(rules.get(i))) {
              add(handle, tenant, flow, rules.get(i), i, now);
            }
          }
          return before.size();
        });
  }

  private static void add(
      Handle handle, Tenant tenant, String flow, AlertRule rule, int position, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO alert_rule
              (flow, id, organisation, sandbox, position, document, created_at, seen_at, seen_run,
               version)
            VALUES (:flow, :id, :organisation, :sandbox, :position, :document, :now, :now, '', 1)
            """)
        .bind("flow", flow)
        .bind("id", rule.id())
        .bind("organisation", tenant.organisation())
        .bind("sandbox", tenant.sandbox())
        .bind("position", position)
        .bind("document", Json.text(AlertForm.tree(rule)))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// Writes how a rule stands now and what is to be told of it, both or neither, unless another
  /// process did since it was read.
  void move(WatchedRule before, WatchedRule after, List<Notice> notices) {
    store.write(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      """
                      UPDATE alert_rule SET raised_at = :raised, told_at = :told, seen_at = :seen,
                        seen_run = :run, version = version + 1
                      WHERE flow = :flow AND id = :id AND version = :version
                        AND created_at = :created
                      """)
                  .bind("raised", millis(after.standing().raisedAt()))
                  .bind("told", millis(after.standing().toldAt()))
                  .bind("seen", after.seenAt().toEpochMilli())
                  .bind("run", after.seenRun())
                  .bind("flow", before.flow())
                  .bind("id", before.rule().id())
                  .bind("version", before.version())
                  .bind("created", before.createdAt().toEpochMilli())
                  .execute();
          if (changed == 1) {
            notices.forEach(notice -> add(handle, notice));
          }
          return changed;
        });
  }

  private static void add(Handle handle, Notice notice) {
    handle
        .createUpdate(
            """
            INSERT INTO alert_notice
              (id, organisation, sandbox, flow, rule, channel, body, subject, words, created_at,
               due_at, rounds, state)
            VALUES (:id, :organisation, :sandbox, :flow, :rule, :channel, :body, :subject, :words,
               :created, :created, 0, 'waiting')
            """)
        .bind("id", notice.id())
        .bind("organisation", notice.tenant().organisation())
        .bind("sandbox", notice.tenant().sandbox())
        .bind("flow", notice.flow())
        .bind("rule", notice.rule())
        .bind("channel", Json.text(AlertForm.tree(notice.channel())))
        .bind("body", notice.body())
        .bind("subject", notice.subject())
        .bind("words", notice.words())
        .bind("created", notice.createdAt().toEpochMilli())
        .execute();
  }

  /// The notices that are due, for this process alone until then.
  List<Notice> take(Instant now, Instant until, int most) {
    List<Notice> due =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM alert_notice WHERE state = 'waiting' AND due_at <= :now"
                            + " ORDER BY due_at, id LIMIT :most")
                    .bind("now", now.toEpochMilli())
                    .bind("most", most)
                    .map((row, context) -> notice(row))
                    .list());
    return due.stream().filter(notice -> claim(notice, now, until)).toList();
  }

  private boolean claim(Notice notice, Instant now, Instant until) {
    return store.write(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE alert_notice SET due_at = :until, rounds = rounds + 1"
                            + " WHERE id = :id AND state = 'waiting' AND due_at <= :now")
                    .bind("until", until.toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .bind("id", notice.id())
                    .execute())
        == 1;
  }

  private static Notice notice(ResultSet row) throws SQLException {
    if (!(Json.read(row.getString("channel")) instanceof Fields channel)) {
      throw new SQLException("a notice's channel is no JSON object");
    }
    return new Notice(
        row.getString("id"),
        new Tenant(row.getString("organisation"), row.getString("sandbox")),
        row.getString("flow"),
        row.getString("rule"),
        AlertForm.channel(channel),
        row.getString("body"),
        row.getString("subject"),
        row.getString("words"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("rounds"));
  }

  /// Writes what came of sending a notice.
  ///
  /// @param state `sent`, `given up` or `waiting`
  /// @param due when it is sent again, if it waits
  /// @param error null if there was none
  void settle(Notice notice, String state, Instant due, @Nullable String error) {
    store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE alert_notice SET state = :state, due_at = :due, error = :error"
                        + " WHERE id = :id")
                .bind("state", state)
                .bind("due", due.toEpochMilli())
                .bind("error", error)
                .bind("id", notice.id())
                .execute());
  }

  List<Alerts.Told> told(Tenant tenant, String flow, int limit) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM alert_notice WHERE flow = :flow AND organisation = :organisation"
                        + " AND sandbox = :sandbox ORDER BY created_at DESC, id LIMIT :limit")
                .bind("flow", flow)
                .bind("organisation", tenant.organisation())
                .bind("sandbox", tenant.sandbox())
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Alerts.Told(
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            row.getString("rule"),
                            notice(row).channel(),
                            row.getString("subject"),
                            row.getString("state"),
                            row.getString("error")))
                .list());
  }

  /// Forgets rules of a flow that is not there any more.
  void forget(String flow) {
    store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM alert_rule WHERE flow = :flow")
                .bind("flow", flow)
                .execute());
  }

  /// Forgets notices that nobody sends any more.
  void forgetNotices(Instant before) {
    store.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM alert_notice WHERE state <> 'waiting' AND due_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
