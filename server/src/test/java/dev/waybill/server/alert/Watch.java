package dev.waybill.server.alert;

import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AddressPolicy;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A flow that is watched, in a time of its own.
final class Watch implements InstantSource, AutoCloseable {

  static final Tenant TENANT = new Tenant("acme", "prod");

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String WORKER = "worker";

  final Store store;
  final SqlCatalog catalog;
  final AccessRoom access;
  Flow flow;
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");

  Watch(Path directory) {
    this(directory, directory.resolve("service.db").toString());
  }

  Watch(Path directory, String database) {
    store = Store.open(database);
    catalog = SqlCatalog.open(store);
    access = AccessRoom.open(store, directory, Map.of(), AccessRoom.Settings.USUAL, this);
    access.secrets().set(TENANT, "hook", SECRET, "test");
    flow = flow(UUID.randomUUID().toString(), true, 1);
    catalog.add(flow);
  }

  private Flow flow(String id, boolean enabled, long version) {
    return new Flow(
        id,
        TENANT,
        "contacts",
        null,
        "{}",
        FlowOptions.USUAL,
        null,
        enabled,
        null,
        "{}",
        new Stamp(version, now, now, "ann", "ann", "key"));
  }

  void disable() {
    flow = flow(flow.id(), false, flow.stamp().version() + 1);
    catalog.change(flow);
  }

  /// Another process over the same database.
  Alerts alerts(@Nullable MailSettings mail) {
    return alerts(mail, Duration.ofSeconds(30));
  }

  /// One that soon puts off what can not be sent.
  Alerts hasty(@Nullable MailSettings mail) {
    return alerts(mail, Duration.ofMillis(200));
  }

  private Alerts alerts(@Nullable MailSettings mail, Duration round) {
    return Alerts.open(
        store,
        catalog,
        access.secrets(),
        new Alerts.Settings(mail, "https://waybill.example", AddressPolicy.USUAL),
        this,
        round);
  }

  /// A run that ended now.
  FlowRun ran(FlowRun.State state, long read, long rejected) {
    return ran(state, read, rejected, false);
  }

  FlowRun ran(FlowRun.State state, long read, long rejected, boolean cancelled) {
    FlowRun queued =
        new FlowRun(
            UUID.randomUUID().toString(),
            TENANT,
            flow.id(),
            1,
            null,
            FlowRun.Trigger.HAND,
            FlowRun.State.QUEUED,
            null,
            null,
            FlowRun.Counts.NONE,
            null,
            false,
            new Stamp(1, now, now, "ann", "ann", "key"));
    catalog.enqueue(queued);
    catalog.take(WORKER);
    if (cancelled) {
      catalog.cancel(queued);
    }
    var over =
        new FlowRun(
            queued.id(),
            TENANT,
            flow.id(),
            1,
            null,
            FlowRun.Trigger.HAND,
            state,
            now,
            now,
            new FlowRun.Counts(read, read - rejected, rejected, 0, 0, 3, 500, 400),
            state == FlowRun.State.FAILED ? "the destination is down" : null,
            cancelled,
            queued.stamp());
    catalog.update(over, WORKER);
    return over;
  }

  static List<AlertRule> failed(AlertRule.Channel to) {
    return List.of(new AlertRule("failed", new AlertRule.Condition.Failed(), List.of(to)));
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void close() {
    store.close();
  }
}
