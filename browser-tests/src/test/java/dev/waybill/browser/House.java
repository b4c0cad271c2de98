package dev.waybill.browser;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.server.page.PageParts;
import dev.waybill.server.page.Pages;
import dev.waybill.server.store.Store;
import dev.waybill.server.work.WorkSettings;
import dev.waybill.server.work.Workshop;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Permits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The service with all its rooms, a destination that breaks as it is told, and a file to read.
final class House implements AutoCloseable {

  static final Tenant TENANT = new Tenant("acme", "prod");
  static final int RECORDS = 4_000;

  /// Birthdays that are written the other way, and so do not fit a mapping that knows one way.
  static final int ODD_BIRTHDAYS = 41;

  private static final List<String> CITIES = List.of("Kochi", "Cadiz", "Portland", "Turin", "Oslo");
  private static final List<String> NAMES =
      List.of("Asha", "Bea", "Carlo", "Dana", "Emil", "Fay", "Gus");

  final SimulatorServer destination;
  final AccessRoom access;
  final Catalog catalog;
  private final Store store;
  private final Ledger ledger;
  private final Workshop workshop;
  private final HttpServer server;

  /// @param folder an empty one
  /// @param faults how the destination breaks
  House(Path folder, Map<String, String> faults) throws IOException {
    destination = SimulatorServer.start(faults);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("contacts.csv"), contacts());
    store = Store.open(folder.resolve("service.db").toString());
    catalog = SqlCatalog.open(store);
    catalog.sandbox(TENANT);
    access = AccessRoom.open(store, folder, Map.of(), AccessRoom.Settings.USUAL, store.clock());
    ledger = Ledgers.open(folder.resolve("ledger.db").toString(), Durability.PROCESS);
    workshop =
        Workshop.open(
            catalog,
            ledger,
            new WorkSettings(
                folder,
                List.of(data),
                2,
                WorkSettings.Sharing.ALONE,
                (tenant, owner) -> Permits.everything()),
            store.clock());
    server =
        HttpServer.start(
            HttpSettings.loopback(0),
            new SimpleMeterRegistry(),
            List.of(
                new Pages(
                    new PageParts(
                        catalog,
                        workshop,
                        access,
                        Connectors.found(),
                        SessionCookie.PLAIN,
                        store.clock()))));
  }

  private static List<String> contacts() {
    var lines = new ArrayList<String>();
    lines.add("email,first_name,city,birthday");
    for (int i = 1; i <= RECORDS; i++) {
      boolean odd = i % 97 == 0;
      lines.add(
          String.format(
              Locale.ROOT,
              "contact%d@%s.example,%s,%s,%s",
              i,
              i % 131 == 0 ? "invalid" : CITIES.get(i % 5).toLowerCase(Locale.ROOT),
              NAMES.get(i % 7),
              CITIES.get(i % 5),
              odd ? "31/12/1999" : "19" + (50 + i % 50) + "-06-1" + i % 10));
    }
    return lines;
  }

  String address(String path) {
    return server.address().resolve(path).toString();
  }

  /// A new token with this role.
  String token(Role role) {
    return access
        .tokens()
        .issue(new Grant("Ann", TENANT.organisation(), Set.of(), role, null), "setup")
        .text();
  }

  @Override
  public void close() throws IOException {
    server.close();
    workshop.close();
    ledger.close();
    store.close();
    destination.close();
  }
}
