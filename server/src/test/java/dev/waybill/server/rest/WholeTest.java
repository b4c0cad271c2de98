package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.server.http.Rate;
import dev.waybill.server.store.Store;
import dev.waybill.server.work.WorkSettings;
import dev.waybill.server.work.Workshop;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API over the real workshop: records are read, sent, refused, and sent again.
class WholeTest {

  @TempDir Path directory;

  private Store store;
  private Ledger ledger;
  private Workshop works;
  private Contract contract;
  private HttpServer server;
  private String token;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    var csv = new StringBuilder("email,name\n");
    for (int i = 1; i <= 40; i++) {
      csv.append(i % 10 == 0 ? "bad" + i + "@invalid.example" : "ann" + i + "@x.org");
      csv.append(",Ann ").append(i).append('\n');
    }
    Files.writeString(directory.resolve("contacts.csv"), csv);
    store = Store.open(directory.resolve("service.db").toString());
    Catalog catalog = SqlCatalog.open(store);
    ledger = Ledgers.open(directory.resolve("ledger.db").toString(), Durability.PROCESS);
    AccessRoom access =
        AccessRoom.open(
            store, directory, Map.of(), AccessRoom.Settings.USUAL, InstantSource.system());
    works =
        Workshop.open(
            catalog,
            ledger,
            new WorkSettings(
                directory,
                List.of(directory),
                2,
                WorkSettings.Sharing.ALONE,
                (tenant, owner) -> access.permits(tenant)),
            Clock.systemUTC());
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var api =
        new FlowServiceApi(
            catalog,
            works,
            access.access(),
            access.secrets(),
            Connectors.found(),
            new Rate(10_000, 10_000),
            Clock.systemUTC());
    var areas = new ArrayList<Area>(ServiceArea.all(api, catalog, meters));
    areas.add(api);
    server = HttpServer.start(HttpSettings.loopback(0), meters, areas);
    contract = new Contract(api.document());
    token =
        access.tokens().issue(new Grant("test", "acme", Set.of(), Role.ADMIN, null), "test").text();
  }

  @AfterEach
  void stop() {
    server.close();
    works.close();
    ledger.close();
    store.close();
    client.close();
  }

  private ApiServer.Reply call(String method, String path, @Nullable Object body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(FlowServiceApi.PATH + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.text(body)))
            .header("Authorization", "Bearer " + token)
            .header("x-api-key", "test")
            .header("x-gw-ims-org-id", "acme")
            .build();
    return new ApiServer.Reply(client.send(request, BodyHandlers.ofString()));
  }

  /// Follows the run until it is over, as a browser would.
  private JsonObject ended(String run) throws Exception {
    assertThat(call("GET", "/runs/" + run + "/events", null).text()).contains("event: end");
    ApiServer.Reply reply = call("GET", "/runs/" + run, null);
    kept("RunList", reply);
    return reply.item();
  }

  private void kept(String schema, ApiServer.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    contract.requireValid(
        JsonObject.empty().put("$ref", "#/components/schemas/" + schema), schema, reply.text());
  }

  private static String status(JsonObject run) {
    return Contract.part(run, "metrics", "statusSummary").required("status");
  }

  private static Object records(JsonObject run, String name) {
    return java.util.Objects.requireNonNull(
        Contract.part(run, "metrics", "recordSummary").get(name));
  }

  private Map<String, Object> flow(String rule) {
    return Map.of(
        "name",
        "contacts",
        "job",
        Map.of(
            "source",
            Map.of("files", List.of("contacts.csv")),
            "destination",
            Map.of("to", "sim:", "options", Map.of("bad", rule, "refuse", "unnamed")),
            "mapping",
            Map.of("key", "email"),
            "policy",
            Map.of("batch-size", 10)));
  }

  @Test
  void whatWasRefusedIsShownAndSentAgainWhenTheFlowIsMended() throws Exception {
    ApiServer.Reply check = call("POST", "/flows/check", flow("email endsWith @invalid.example"));
    kept("Check", check);
    ApiServer.Reply flow = call("POST", "/flows", flow("email endsWith @invalid.example"));
    assertThat(flow.status()).as(flow.text()).isEqualTo(201);
    String run = call("POST", "/runs", Map.of("flowId", flow.id())).id();
    JsonObject failed = ended(run);
    assertThat(status(failed)).isEqualTo("failed");
    assertThat(records(failed, "inputRecordCount")).isEqualTo(40L);
    assertThat(records(failed, "createdRecordCount")).isEqualTo(36L);
    assertThat(records(failed, "failedRecordCount")).isEqualTo(4L);

    ApiServer.Reply undelivered = call("GET", "/runs/" + run + "/records?rows=true&limit=3", null);
    kept("RecordList", undelivered);
    assertThat(undelivered.json().objects("items")).hasSize(3);
    assertThat(undelivered.item().text("key")).isEqualTo("bad10@invalid.example");
    assertThat(Contract.part(undelivered.item(), "row").text("name")).isEqualTo("Ann 10");
    String next = Contract.part(undelivered.json(), "_links", "next").required("href");
    assertThat(call("GET", next, null).json().objects("items")).hasSize(1);
    assertThat(
            call("GET", "/runs/" + run + "/records?reason=nothing-of-this-kind", null)
                .json()
                .objects("items"))
        .isEmpty();

    ApiServer.Reply reasons = call("GET", "/runs/" + run + "/reasons", null);
    kept("ReasonList", reasons);
    assertThat(reasons.item().get("count")).isEqualTo(4L);
    ApiServer.Reply ofFlow = call("GET", "/flows/" + flow.id() + "/reasons", null);
    kept("FlowReasonList", ofFlow);
    assertThat(ofFlow.item().get("failingNow")).isEqualTo(4L);
    assertThat(ofFlow.item().text("lastRunId")).isEqualTo(run);

    ApiServer.Reply refused = call("GET", "/runs/" + run + "/calls?failed=true", null);
    kept("CallList", refused);
    assertThat(refused.json().objects("items")).isNotEmpty();
    ApiServer.Reply tree = call("GET", "/runs/" + run + "/calls?first=1&last=10", null);
    kept("CallList", tree);
    assertThat(tree.item().get("items")).isEqualTo(10L);
    assertThat(tree.json().objects("items").getLast().get("items")).isNotEqualTo(10L);
    kept("SampleList", call("GET", "/runs/" + run + "/samples", null));
    assertThat(call("GET", "/runs/" + run + "/artifacts/fail.csv", null).text())
        .contains("bad10@invalid.example");

    ApiServer.Reply shown = call("GET", "/flows/" + flow.id(), null);
    kept("FlowList", shown);
    assertThat(Contract.part(shown.item(), "lastRunDetails").text("state")).isEqualTo("failed");
    mend(flow.id(), shown.header("ETag"));
    ApiServer.Reply again = call("POST", "/runs/" + run + "/action?op=re-trigger", null);
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    JsonObject retry = ended(again.id());
    assertThat(status(retry)).isEqualTo("success");
    assertThat(records(retry, "createdRecordCount")).isEqualTo(4L);
    assertThat(retry.text("parentFlowRunId")).isEqualTo(run);
    ApiServer.Reply lineage = call("GET", "/runs/" + again.id() + "/lineage", null);
    kept("RunList", lineage);
    assertThat(lineage.json().objects("items")).hasSize(2);
    assertThat(call("POST", "/runs/" + again.id() + "/action?op=re-trigger", null).status())
        .isEqualTo(400);
  }

  private void mend(String flow, String etag) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(FlowServiceApi.PATH + "/flows/" + flow))
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "[{\"op\":\"remove\",\"path\":\"/job/destination/options/bad\"}]"))
            .header("Authorization", "Bearer " + token)
            .header("x-api-key", "test")
            .header("x-gw-ims-org-id", "acme")
            .header("If-Match", etag)
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
