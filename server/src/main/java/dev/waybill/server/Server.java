package dev.waybill.server;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.page.PageParts;
import dev.waybill.server.page.Pages;
import dev.waybill.server.rest.FlowServiceApi;
import dev.waybill.server.rest.LiveMeters;
import dev.waybill.server.rest.RunMeters;
import dev.waybill.server.rest.ServiceArea;
import dev.waybill.server.store.Store;
import dev.waybill.server.trace.Traces;
import dev.waybill.server.work.FlowsFolder;
import dev.waybill.server.work.PermitsFor;
import dev.waybill.server.work.Scheduler;
import dev.waybill.server.work.WorkSettings;
import dev.waybill.server.work.WorkSettings.Sharing;
import dev.waybill.server.work.Workshop;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The service, from its database to its pages. Works from [#start] to [#close].
public final class Server implements AutoCloseable {

  /// What is to be closed, the last thing opened first.
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final ServerSettings settings;
  private @Nullable Rooms rooms;
  private @Nullable HttpServer http;

  /// What others may use of a running service.
  ///
  /// @param clock that of the database
  public record Rooms(Catalog catalog, Workshop works, AccessRoom access, Clock clock) {}

  private Server(ServerSettings settings) {
    this.settings = settings;
  }

  /// Opens all rooms, goes on with runs that were left unfinished, and listens.
  ///
  /// @throws dev.waybill.UserException if a part of it can not be opened; then none is
  public static Server start(ServerSettings settings) {
    var server = new Server(settings);
    try {
      server.open();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  private void open() {
    Store store = keep(Store.open(settings.database()));
    Sharing sharing =
        switch (store.dialect()) {
          case SQLITE -> Sharing.ALONE;
          case POSTGRESQL -> Sharing.WITH_OTHERS;
        };
    if (sharing == Sharing.ALONE) {
      keep(DataLock.take(settings.data()));
    }
    Clock clock = store.clock();
    Catalog catalog = SqlCatalog.open(store);
    AccessRoom access =
        AccessRoom.open(store, settings.data(), settings.environment(), settings.access(), clock);
    Ledger ledger = keep(Ledgers.open(ledgerPlace(sharing), Durability.PROCESS));
    PermitsFor permits =
        (tenant, owner) ->
            switch (owner) {
              case CLIENT -> access.permits(tenant);
              case FOLDER -> access.permitsOfOwner(tenant);
            };
    var workSettings =
        new WorkSettings(
            settings.data().toAbsolutePath(),
            settings.filesUnder(),
            settings.runsAtOnce(),
            sharing,
            permits);
    Workshop works = keep(Workshop.open(catalog, ledger, workSettings, clock));
    rooms = new Rooms(catalog, works, access, clock);
    Alerts alerts = keep(Alerts.open(store, catalog, access.secrets(), settings.alerts(), clock));
    alerts.start();
    if (settings.flows() != null) {
      keep(new FlowsFolder(settings.flows(), settings.folderTenant(), catalog, clock)).start();
    }
    keep(new Scheduler(catalog, works, (flow, why) -> leftOut(access, flow, why), clock)).start();
    http = keep(listen(catalog, works, access, alerts, clock));
  }

  private String ledgerPlace(Sharing sharing) {
    return switch (sharing) {
      case ALONE -> settings.data().resolve("ledger.db").toString();
      case WITH_OTHERS -> settings.database();
    };
  }

  private static void leftOut(AccessRoom access, Flow flow, String why) {
    var scheduler =
        new Caller(
            Scheduler.NAME, flow.tenant().organisation(), Set.of(), Role.OPERATOR, Scheduler.NAME);
    access.access().record(scheduler, flow.tenant().sandbox(), "run.schedule", flow.id(), why);
  }

  private HttpServer listen(
      Catalog catalog, Workshop works, AccessRoom access, Alerts alerts, Clock clock) {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RunMeters.bind(catalog, meters);
    LiveMeters.bind(catalog, works, meters);
    Connectors connectors = works.connectors();
    var api =
        new FlowServiceApi(
                catalog,
                works,
                access.access(),
                access.secrets(),
                connectors,
                settings.http().limits().caller(),
                clock)
            .with(alerts);
    var areas = new ArrayList<Area>();
    areas.add(api);
    areas.addAll(ServiceArea.all(api, catalog, meters));
    SessionCookie cookie =
        settings.http().tls() == null ? SessionCookie.PLAIN : SessionCookie.SECURE;
    areas.add(
        new Pages(new PageParts(catalog, works, access, connectors, cookie, clock)).with(alerts));
    Traces traces = Traces.of(settings.environment()).map(this::keep).orElse(null);
    if (traces != null) {
      traces.watch(catalog);
    }
    return HttpServer.start(
        settings.http(),
        meters,
        List.copyOf(areas),
        traces == null ? List.of() : List.of(traces.requests()));
  }

  /// Where it listens.
  public URI address() {
    if (http == null) {
      throw new IllegalStateException("not open");
    }
    return http.address();
  }

  public Rooms rooms() {
    if (rooms == null) {
      throw new IllegalStateException("not open");
    }
    return rooms;
  }

  /// Answers no more, takes no more runs, waits a little for those under way, and leaves the rest
  /// to be gone on with by the next start or another process.
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("could not be closed", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
