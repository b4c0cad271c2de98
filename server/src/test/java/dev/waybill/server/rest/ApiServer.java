package dev.waybill.server.rest;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AddressPolicy;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.server.http.Rate;
import dev.waybill.server.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The API as it is served, over SQLite, with tokens for every kind of caller.
final class ApiServer implements AutoCloseable {

  static final String BASE = FlowServiceApi.PATH;

  /// All that is delivered; and two records that are not.
  static final Counts FINE = new Counts(10, 10, 0, 0, 0, 1, 500, 400);

  static final Counts BAD = new Counts(10, 8, 1, 1, 0, 3, 500, 400);

  /// Headers of a caller.
  record Who(Map<String, String> headers) {
    Who with(String name, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Who(more);
    }

    Who without(String name) {
      var less = new LinkedHashMap<>(headers);
      less.remove(name);
      return new Who(less);
    }
  }

  final Catalog catalog;
  final AccessRoom access;
  final MadeUpWorks works;
  final FlowServiceApi api;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Store store;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  final Who admin;
  final Who operator;
  final Who viewer;
  final Who prodOnly;
  final Who stranger;

  ApiServer(Path directory, Rate limit) throws IOException {
    store = Store.open(directory.resolve("service.db").toString());
    catalog = SqlCatalog.open(store);
    access =
        AccessRoom.open(
            store, directory, Map.of(), AccessRoom.Settings.USUAL, InstantSource.system());
    catalog.sandboxes("acme");
    catalog.sandbox(new Tenant("acme", "dev"));
    works =
        new MadeUpWorks(
            catalog, Files.writeString(directory.resolve("fail.csv"), "email\nann@x.org\n"));
    api =
        new FlowServiceApi(
                catalog,
                works,
                access.access(),
                access.secrets(),
                Connectors.found(),
                limit,
                Clock.systemUTC())
            .with(
                Alerts.open(
                    store,
                    catalog,
                    access.secrets(),
                    new Alerts.Settings(null, null, AddressPolicy.USUAL),
                    InstantSource.system()));
    RunMeters.bind(catalog, meters);
    var areas = new ArrayList<Area>(ServiceArea.all(api, catalog, meters));
    areas.add(api);
    server = HttpServer.start(HttpSettings.loopback(0), meters, areas);
    admin = who("acme", Role.ADMIN, Set.of());
    operator = who("acme", Role.OPERATOR, Set.of());
    viewer = who("acme", Role.VIEWER, Set.of());
    prodOnly = who("acme", Role.ADMIN, Set.of("prod"));
    stranger = who("globex", Role.ADMIN, Set.of());
  }

  ApiServer(Path directory) throws IOException {
    this(directory, new Rate(10_000, 10_000));
  }

  private Who who(String organisation, Role role, Set<String> sandboxes) {
    String token =
        access
            .tokens()
            .issue(new Grant("test " + role, organisation, sandboxes, role, null), "test")
            .text();
    return new Who(
        Map.of(
            "Authorization",
            "Bearer " + token,
            "x-api-key",
            "test",
            "x-gw-ims-org-id",
            organisation));
  }

  /// What came back.
  record Reply(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    JsonObject json() {
      return JsonObject.kept(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// The only item.
    JsonObject item() {
      return json().objects("items").getFirst();
    }

    String id() {
      return json().required("id");
    }

    String etag() {
      return json().required("etag");
    }
  }

  Reply call(Who who, String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    who.headers().forEach(request::header);
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Reply get(String path) {
    return call(admin, "GET", BASE + path, null);
  }

  Reply post(String path, Map<String, ?> body) {
    return call(admin, "POST", BASE + path, Json.text(body));
  }

  Reply post(String path) {
    return call(admin, "POST", BASE + path, null);
  }

  Reply patch(String path, String etag, String patch) {
    return call(admin.with("If-Match", etag), "PATCH", BASE + path, patch);
  }

  /// The body for a flow with a job of its own.
  static Map<String, Object> flow(String name) {
    return Map.of(
        "name",
        name,
        "job",
        Map.of(
            "source", Map.of("files", java.util.List.of("contacts.csv")),
            "destination", Map.of("to", "sqlite:contacts.db")));
  }

  String newFlow(String name) {
    return post("/flows", flow(name)).id();
  }

  /// A run that is over.
  FlowRun newRun(String flow, State state, Counts counts) {
    post("/runs", Map.of("flowId", flow));
    return works.end(state, counts);
  }

  @Override
  public void close() {
    server.close();
    client.close();
    store.close();
  }
}
