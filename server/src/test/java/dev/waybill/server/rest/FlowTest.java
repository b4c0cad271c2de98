package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.server.access.References;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.Tenant;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTest {

  private static final Tenant PROD = new Tenant("acme", "prod");

  @TempDir Path directory;

  private ApiServer server;
  private Examples examples;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(directory);
    examples = new Examples(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, Object> flow(Map<String, ?> more) {
    var flow = new LinkedHashMap<String, Object>(ApiServer.flow("contacts"));
    flow.putAll(more);
    return flow;
  }

  private Flow stored(String id) {
    return server.catalog.flow(PROD, id).orElseThrow();
  }

  private void wrong(ApiServer.Reply reply, String word) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().required("errorMessage")).contains(word);
  }

  @Test
  void clientGetsBackWhatItSent() {
    ApiServer.Reply made =
        server.post(
            "/flows",
            flow(
                Map.of(
                    "description",
                    "every night",
                    "labels",
                    List.of("core/C12"),
                    "options",
                    Map.of("errorDiagnosticsEnabled", false, "partialIngestionPercent", 2.5),
                    "scheduleParams",
                    Map.of("startTime", "1700000000", "frequency", "hour", "interval", "6"))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(ApiServer.BASE + "/flows/" + made.id());
    JsonObject flow = server.get("/flows/" + made.id()).item();
    assertThat(flow.text("description")).isEqualTo("every night");
    assertThat(flow.texts("labels")).containsExactly("core/C12");
    assertThat(Contract.part(flow, "options").members())
        .containsEntry("errorDiagnosticsEnabled", false)
        .containsEntry("partialIngestionPercent", new BigDecimal("2.5"));
    assertThat(flow.get("scheduleParams"))
        .isEqualTo(Map.of("startTime", "1700000000", "frequency", "hour", "interval", "6"));
    assertThat(flow.text("etag")).isEqualTo(made.etag()).startsWith("\"").endsWith("\"");
    assertThat(stored(made.id()).schedule())
        .isEqualTo(new Schedule.Every(Instant.ofEpochSecond(1_700_000_000), Duration.ofHours(6)));
  }

  @Test
  void flowIsMadeOfConnectionsAndTransformations() {
    String csv = server.get("/connectionSpecs?property=name==csv-source").item().required("id");
    String base =
        server
            .post(
                "/connections",
                Map.of(
                    "name",
                    "files",
                    "auth",
                    Map.of("specName", "Options", "params", Map.of("delimiter", ";")),
                    "connectionSpec",
                    Map.of("id", csv, "version", "1.0")))
            .id();
    String source =
        server
            .post(
                "/sourceConnections",
                Map.of(
                    "name",
                    "contacts",
                    "baseConnectionId",
                    base,
                    "params",
                    Map.of("path", "contacts.csv", "limit", 5),
                    "connectionSpec",
                    Map.of("id", csv)))
            .id();
    String target = examples.newConnection("targetConnections");
    String flowSpec = server.get("/flowSpecs").item().required("id");
    ApiServer.Reply made =
        server.post(
            "/flows",
            Map.of(
                "name",
                "contacts",
                "flowSpec",
                Map.of("id", flowSpec, "version", "1.0"),
                "sourceConnectionIds",
                List.of(source),
                "targetConnectionIds",
                List.of(target),
                "transformations",
                List.of(
                    Map.of("name", "Mapping", "params", Map.of("key", "email")),
                    Map.of("name", "Policy", "params", Map.of("rate", 4)))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonObject flow = server.get("/flows/" + made.id()).item();
    assertThat(Json.text(flow.get("job")))
        .isEqualTo(
            "{\"source\":{\"files\":[\"contacts.csv\"],\"format\":\"csv\",\"limit\":\"5\",\"options\":{\"delimiter\":\";\"}},"
                + "\"destination\":{\"to\":\"sqlite:contacts.db\"},"
                + "\"mapping\":{\"key\":\"email\"},\"policy\":{\"rate\":\"4\"}}");
    assertThat(String.valueOf(flow.get("inheritedAttributes"))).contains(base, source, target, csv);
    assertThat(server.get("/flows?property=sourceConnectionIds%5B%5D==" + source + ",other").item())
        .isNotNull();

    wrong(
        server.call(server.admin, "DELETE", ApiServer.BASE + "/sourceConnections/" + source, null),
        "being used");
    wrong(
        server.call(server.admin, "DELETE", ApiServer.BASE + "/connections/" + base, null),
        "being used");
    wrong(
        server.patch(
            "/flows/" + made.id(),
            made.etag(),
            "[{\"op\":\"replace\",\"path\":\"/job/destination/to\",\"value\":\"sqlite:x.db\"}]"),
        "made from its connections");
    ApiServer.Reply patched =
        server.patch(
            "/flows/" + made.id(),
            made.etag(),
            "[{\"op\":\"REPLACE\",\"path\":\"/transformations/1/params/rate\",\"value\":9}]");
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(stored(made.id()).job()).contains("\"rate\":\"9\"");
  }

  @Test
  void secretInTheClearIsKeptEncryptedAndNotShownAgain() {
    ApiServer.Reply made =
        server.post(
            "/flows",
            Map.of(
                "name",
                "contacts",
                "job",
                Map.of(
                    "source",
                    Map.of("files", "contacts.csv"),
                    "destination",
                    Map.of(
                        "to",
                        "postgresql://localhost/crm",
                        "options",
                        Map.of("table", "contacts", "password", "open sesame")))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String reference = "secret:flow." + made.id() + ".destination.password";
    assertThat(server.get("/flows/" + made.id()).text())
        .contains(reference)
        .doesNotContain("open sesame");
    assertThat(stored(made.id()).job() + stored(made.id()).document())
        .doesNotContain("open sesame");
    assertThat(server.access.secrets().of(PROD, References.NONE).reveal(reference))
        .isEqualTo("open sesame");
    server.call(server.admin, "DELETE", ApiServer.BASE + "/flows/" + made.id(), null);
    assertThat(server.access.secrets().list(PROD)).isEmpty();
  }

  @Test
  void secretOfAConnectionIsKeptToo() {
    String spec =
        server.get("/connectionSpecs?property=name==postgresql-destination").item().required("id");
    ApiServer.Reply made =
        server.post(
            "/connections",
            Map.of(
                "name",
                "crm",
                "auth",
                Map.of("specName", "Options", "params", Map.of("password", "open sesame")),
                "connectionSpec",
                Map.of("id", spec)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(server.get("/connections/" + made.id()).text())
        .contains("secret:connection." + made.id() + ".password")
        .doesNotContain("open sesame");
  }

  @Test
  void passwordInAnAddressIsRefused() {
    var job =
        Map.of(
            "source",
            Map.of("files", "contacts.csv"),
            "destination",
            Map.of("to", "postgresql://ann:sesame@localhost/crm"));
    ApiServer.Reply reply = server.post("/flows", Map.of("name", "crm", "job", job));
    wrong(reply, "has a password in it");
    assertThat(reply.text()).doesNotContain("sesame");
  }

  @Test
  void passwordInTheAddressOfASourceIsRefusedToo() {
    ApiServer.Reply reply =
        job(Map.of("files", "postgresql://ann:sesame@localhost/crm"), Map.of("to", "sqlite:x.db"));
    wrong(reply, "has a password in it");
    assertThat(reply.text()).doesNotContain("sesame");
  }

  @Test
  void changeNeedsTheVersionThatIsCurrent() {
    ApiServer.Reply made = server.post("/flows", ApiServer.flow("contacts"));
    String path = "/flows/" + made.id();
    String rename = "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"leads\"}]";
    ApiServer.Reply missing = server.call(server.admin, "PATCH", ApiServer.BASE + path, rename);
    wrong(missing, "If-Match");
    assertThat(missing.json().required("type")).endsWith("FLOW-1403-400");

    ApiServer.Reply patched = server.patch(path, made.etag(), rename);
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.etag()).isNotEqualTo(made.etag());
    ApiServer.Reply stale = server.patch(path, made.etag(), rename);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().required("type")).endsWith("FLOW-1404-412");
    assertThat(
            server
                .call(
                    server.admin.with("If-Match", made.etag()),
                    "POST",
                    ApiServer.BASE + path + "/action?op=disable",
                    null)
                .status())
        .isEqualTo(412);
    assertThat(
            server
                .call(
                    server.admin.with("If-Match", made.etag()),
                    "DELETE",
                    ApiServer.BASE + path,
                    null)
                .status())
        .isEqualTo(412);
    // Without quotes, as some clients send it.
    assertThat(server.patch(path, patched.etag().replace("\"", ""), rename).status())
        .isEqualTo(200);
  }

  @Test
  void stateIsChangedByActionsOnly() {
    wrong(server.post("/flows", flow(Map.of("state", "enabled"))), "State");
    String flow = server.newFlow("contacts");
    assertThat(server.post("/flows/" + flow + "/action?op=DISABLE").status()).isEqualTo(200);
    assertThat(server.get("/flows/" + flow).item().text("state")).isEqualTo("disabled");
    wrong(server.post("/runs", Map.of("flowId", flow)), "disabled");
    assertThat(server.post("/flows/" + flow + "/action?op=enable").status()).isEqualTo(200);
    assertThat(server.post("/runs", Map.of("flowId", flow)).status()).isEqualTo(201);
    wrong(server.post("/flows/" + flow + "/action?op=explode"), "explode");
    wrong(server.post("/flows/" + flow + "/action"), "op");
  }

  @Test
  void scheduleMayBeACronExpressionOrRunOnce() {
    String cron =
        server
            .post(
                "/flows",
                flow(
                    Map.of(
                        "scheduleParams",
                        Map.of("cron", "30 2 * * 1-5", "timezone", "Europe/Berlin"))))
            .id();
    assertThat(stored(cron).schedule())
        .isEqualTo(Schedule.Cron.of("30 2 * * 1-5", "Europe/Berlin"));
    String once =
        server
            .post(
                "/flows",
                flow(
                    Map.of(
                        "scheduleParams", Map.of("frequency", "once", "startTime", 1_700_000_000))))
            .id();
    assertThat(server.catalog.nextDue(stored(once))).isPresent();
    String never =
        server.post("/flows", flow(Map.of("scheduleParams", Map.of("frequency", "once")))).id();
    assertThat(stored(never).schedule()).isNull();
    ApiServer.Reply shown = server.get("/flows/" + cron);
    ApiServer.Reply patched =
        server.patch(
            "/flows/" + cron,
            shown.header("ETag"),
            "[{\"op\":\"replace\",\"path\":\"/scheduleParams\",\"value\":{\"frequency\":\"day\",\"interval\":1}}]");
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(stored(cron).schedule())
        .isInstanceOfSatisfying(
            Schedule.Every.class,
            every -> assertThat(every.interval()).isEqualTo(Duration.ofDays(1)));
  }

  @Test
  void whatIsWrongWithAFlowIsSaid() {
    wrong(server.post("/flows", Map.of("name", "x")), "sourceConnectionIds");
    wrong(server.post("/flows", Map.of("job", Map.of())), "name");
    wrong(
        server.post("/flows", flow(Map.of("job", Map.of("source", Map.of("files", "a.csv"))))),
        "destination");
    wrong(server.post("/flows", flow(Map.of("flowSpec", Map.of("id", "x")))), "spec ID");
    wrong(
        server.post("/flows", flow(Map.of("scheduleParams", Map.of("frequency", "fortnight")))),
        "fortnight");
    wrong(
        server.post("/flows", flow(Map.of("scheduleParams", Map.of("cron", "every day")))), "cron");
    wrong(
        server.post("/flows", flow(Map.of("options", Map.of("partialIngestionPercent", 101)))),
        "100");
    wrong(server.post("/flows", flow(Map.of("sourceConnectionIds", List.of("x")))), "not both");
    wrong(server.post("/flows", flow(Map.of("name", "x".repeat(500)))), "200");
    wrong(job(Map.of("files", "a.csv"), Map.of("to", "nowhere:x")), "nowhere");
    wrong(
        job(
            Map.of("files", "a.csv", "options", Map.of("delimeter", ";")),
            Map.of("to", "sqlite:x.db")),
        "delimiter");
    wrong(
        job(Map.of("files", "a.csv"), Map.of("to", "sqlite:x.db", "options", Map.of("tabel", "t"))),
        "table");
    wrong(
        server.post(
            "/flows",
            Map.of(
                "name",
                "x",
                "job",
                Map.of(
                    "source",
                    Map.of("files", "a.csv"),
                    "destination",
                    Map.of("to", "sqlite:x.db"),
                    "out",
                    "/etc"))),
        "out");
  }

  private ApiServer.Reply job(Map<String, ?> source, Map<String, ?> destination) {
    return server.post(
        "/flows", Map.of("name", "x", "job", Map.of("source", source, "destination", destination)));
  }
}
