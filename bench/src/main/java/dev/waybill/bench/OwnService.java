package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.server.Server;
import dev.waybill.server.ServerSettings;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AddressPolicy;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.access.SignIn;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.server.rest.FlowServiceApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The whole service in this process, over SQLite, and somebody who has signed in to its page and
/// has a token for its API. Safe for use by many threads.
final class OwnService implements AutoCloseable {

  private static final Tenant TENANT = new Tenant("bench", "prod");

  private final Server server;
  private final String token;
  private final String cookie;
  private final HttpClient client = HttpClient.newHttpClient();

  private OwnService(Server server) {
    this.server = server;
    AccessRoom access = server.rooms().access();
    var grant = new Grant("bench", TENANT.organisation(), Set.of(), Role.ADMIN, null);
    token = access.tokens().issue(grant, "bench").text();
    cookie =
        switch (access.sessions().signIn(token, "127.0.0.1")) {
          case SignIn.Done done -> SessionCookie.PLAIN.set(done.session()).replaceAll(";.*", "");
          case SignIn.Refused refused -> throw new IllegalStateException("not signed in");
          case SignIn.Wait wait -> throw new IllegalStateException("not signed in");
        };
  }

  /// @param folder where data and the files of flows lie
  static OwnService start(Workspace folder, int runsAtOnce) {
    var data = folder.inner("data");
    return new OwnService(
        Server.start(
            new ServerSettings(
                data.folder(),
                data.file("service.db").toString(),
                HttpSettings.loopback(0),
                List.of(folder.folder()),
                runsAtOnce,
                null,
                TENANT,
                AccessRoom.Settings.USUAL,
                new Alerts.Settings(null, null, AddressPolicy.USUAL),
                Map.of())));
  }

  /// A request for a page, as the browser makes it.
  HttpRequest page(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path)).header("Cookie", cookie).build();
  }

  /// A request to the API that reads.
  HttpRequest read(String path) {
    return api(path).build();
  }

  /// A request to the API that has something done.
  HttpRequest act(String path, Map<String, ?> body) {
    return api(path).POST(BodyPublishers.ofString(Json.text(body))).build();
  }

  private HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(server.address().resolve(FlowServiceApi.PATH + path))
        .header("Authorization", "Bearer " + token)
        .header("x-api-key", "bench")
        .header("x-gw-ims-org-id", TENANT.organisation());
  }

  /// The whole answer.
  ///
  /// @throws IllegalStateException if it is not one of success
  String ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /// Makes something by the API.
  ///
  /// @return its id
  String make(String path, Map<String, ?> body) throws IOException, InterruptedException {
    String answer = ask(act(path, body));
    if (Json.read(answer) instanceof Fields made && made.get("id") instanceof String id) {
      return id;
    }
    throw new IllegalStateException(answer);
  }

  /// Runs a flow to its end.
  ///
  /// @return the run's id
  String run(String flow) throws IOException, InterruptedException {
    String run = make("/runs", Map.of("flowId", flow));
    // These end with the run.
    ask(read("/runs/" + run + "/events"));
    return run;
  }

  /// What became of a run's records.
  FlowRun.Counts counts(String run) {
    return server.rooms().catalog().run(TENANT, run).orElseThrow().counts();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
