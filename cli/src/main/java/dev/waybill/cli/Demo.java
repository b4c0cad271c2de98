package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.server.Server;
import dev.waybill.server.ServerSettings;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The service with made-up data and a simulated API in trouble, all in this process and in a
/// directory that goes with it.
final class Demo implements AutoCloseable {

  private static final Tenant TENANT = new Tenant("demo", "prod");

  /// A record in twenty is refused once, so that a retry shows what it is good for.
  private static final Map<String, String> TROUBLE =
      Map.of(
          "bad", "email endsWith @invalid.example",
          "refuse", "named",
          "throttle", "0.1",
          "retry-after", "1s",
          "drop", "0.03",
          "fail-before", "0.03",
          "latency", "120ms",
          "key", "id",
          "idempotent", "true");

  private final Path directory;
  private final SimulatorServer simulator;
  private final Server server;

  private Demo(Path directory, SimulatorServer simulator, Server server) {
    this.directory = directory;
    this.simulator = simulator;
    this.server = server;
  }

  /// Starts it all.
  static Demo start(HttpSettings http) {
    Path directory = temporary();
    SimulatorServer simulator = SimulatorServer.start(TROUBLE);
    try {
      DemoContacts.write(directory.resolve("contacts.csv"), 3_000);
      DemoContacts.write(directory.resolve("newsletter.csv"), 400);
      Server server = Server.start(settings(directory, http));
      var demo = new Demo(directory, simulator, server);
      demo.fill();
      return demo;
    } catch (RuntimeException | Error e) {
      remove(directory);
      close(simulator);
      throw e;
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("waybill-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSettings settings(Path directory, HttpSettings http) {
    AccessRoom.Settings access = AccessRoom.Settings.USUAL;
    return new ServerSettings(
        directory.resolve("data"),
        directory.resolve("data").resolve("service.db").toString(),
        http,
        List.of(directory),
        4,
        null,
        TENANT,
        access,
        new Alerts.Settings(null, null, access.addresses()),
        Map.of());
  }

  private void fill() {
    Server.Rooms rooms = server.rooms();
    rooms.catalog().sandbox(TENANT);
    Flow newsletter =
        flow(
            "Newsletter",
            "A small flow, every ten minutes.",
            "newsletter.csv",
            Map.of("batch-size", "20", "concurrency", "2"),
            new Schedule.Every(rooms.clock().instant(), Duration.ofMinutes(10)));
    Flow contacts =
        flow(
            "Contacts to the CRM",
            "The CRM throttles, drops connections, and refuses addresses of invalid.example.",
            "contacts.csv",
            Map.of("batch-size", "25", "rate", "8"),
            null);
    rooms.catalog().add(newsletter);
    rooms.catalog().add(contacts);
    rooms.works().start(contacts, FlowRun.Trigger.HAND, "demo", "demo");
  }

  private Flow flow(
      String name,
      String description,
      String file,
      Map<String, String> policy,
      @Nullable Schedule schedule) {
    Instant now = server.rooms().clock().instant();
    String job =
        Json.text(
            Map.of(
                "source", Map.of("files", List.of(file)),
                "destination",
                    Map.of(
                        "to",
                        simulator.uri() + "/records",
                        "options",
                        Map.of("results", "/results", "idempotent", "true")),
                "mapping", Map.of("key", "id"),
                "policy", policy));
    return new Flow(
        UUID.randomUUID().toString(),
        TENANT,
        name,
        description,
        job,
        FlowOptions.USUAL,
        schedule,
        true,
        null,
        "{}",
        new Stamp(1, now, now, "demo", "demo", "demo"));
  }

  URI address() {
    return server.address();
  }

  /// Says where to look.
  void greet(PrintWriter out) {
    String token =
        server
            .rooms()
            .access()
            .tokens()
            .issue(new Grant("demo", "demo", Set.of(), Role.ADMIN, null), "demo")
            .text();
    out.println("A demonstration, until Ctrl-C. Nothing of it is kept.");
    out.println();
    out.println("  page    " + server.address());
    out.println("  token   " + token);
    out.println();
    out.println("  curl -s " + server.address() + "/data/foundation/flowservice/runs \\");
    out.println("    -H 'Authorization: Bearer " + token + "' \\");
    out.println("    -H 'x-api-key: curl' -H 'x-gw-ims-org-id: demo'");
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      close(simulator);
      remove(directory);
    }
  }

  private static void close(SimulatorServer simulator) {
    try {
      simulator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies among the temporary files, which the system clears.
    }
  }
}
