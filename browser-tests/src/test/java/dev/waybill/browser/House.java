package dev.waybill.browser;

import dev.waybill.server.Server;
import dev.waybill.server.ServerSettings;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.AddressRule;
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
  final Catalog catalog;
  private final AccessRoom access;
  private final Server server;

  /// @param folder an empty one
  /// @param faults how the destination breaks
  House(Path folder, Map<String, String> faults) throws IOException {
    destination = SimulatorServer.start(faults);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("contacts.csv"), contacts());
    server =
        Server.start(
            new ServerSettings(
                folder,
                folder.resolve("service.db").toString(),
                HttpSettings.loopback(0),
                List.of(data),
                2,
                null,
                TENANT,
                AccessRoom.Settings.USUAL,
                new Alerts.Settings(null, null, AddressRule.any()),
                Map.of()));
    catalog = server.rooms().catalog();
    access = server.rooms().access();
    catalog.sandbox(TENANT);
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
    destination.close();
  }
}
