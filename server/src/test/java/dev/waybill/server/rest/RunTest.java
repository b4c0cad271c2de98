package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  @TempDir Path directory;

  private ApiServer server;
  private String flow;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(directory);
    flow = server.newFlow("contacts");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ApiServer.Reply trigger(FlowRun run, String op) {
    return server.post("/runs/" + run.id() + "/action?op=" + op);
  }

  @Test
  void runHasTheMembersOfTheApi() {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    JsonObject shown = server.get("/runs/" + run.id()).item();
    assertThat(shown.text("flowId")).isEqualTo(flow);
    assertThat(shown.text("sandboxName")).isEqualTo("prod");
    assertThat(shown.text("imsOrgId")).isEqualTo("acme");
    assertThat(shown.text("createdClient")).isEqualTo("test");
    JsonObject metrics = Contract.part(shown, "metrics");
    JsonObject records = Contract.part(metrics, "recordSummary");
    assertThat(records.get("inputRecordCount")).isEqualTo(10L);
    assertThat(records.get("createdRecordCount")).isEqualTo(8L);
    assertThat(records.get("outputRecordCount")).isEqualTo(8L);
    assertThat(records.get("failedRecordCount")).isEqualTo(2L);
    assertThat(records.objects("failedInfo").getFirst().text("code")).isEqualTo("unique_violation");
    assertThat(Contract.part(metrics, "fileSummary").get("inputFileCount")).isEqualTo(1L);
    assertThat(Contract.part(metrics, "fileSummary").get("outputFileCount")).isEqualTo(1L);
    assertThat(Contract.part(metrics, "statusSummary").text("status")).isEqualTo("failed");
    assertThat(Contract.part(metrics, "statusSummary").objects("errors").getFirst().text("message"))
        .isEqualTo("2 of 10 records were not delivered");
    assertThat(shown.objects("activities").getFirst().text("name")).isEqualTo("Delivery");
    assertThat(Contract.part(server.get("/flows/" + flow).item(), "lastRunDetails").text("state"))
        .isEqualTo("failed");
  }

  @Test
  void failedRunIsTriggeredAgainOnceHoweverOftenItIsAsked() {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    ApiServer.Reply first = trigger(run, "re-trigger");
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().members()).containsOnlyKeys("id", "etag");
    assertThat(first.id()).isNotEqualTo(run.id());
    assertThat(trigger(run, "RE_TRIGGER").id()).isEqualTo(first.id());
    assertThat(trigger(run, "re-trigger").id()).isEqualTo(first.id());
    assertThat(server.get("/runs/" + first.id()).item().text("parentFlowRunId"))
        .isEqualTo(run.id());
    assertThat(
            server.get("/runs/" + first.id() + "/lineage").json().objects("items").stream()
                .map(item -> item.required("id")))
        .containsExactly(run.id(), first.id());
  }

  @Test
  void triggeredAtTheSameMomentByManyItIsOneRun() throws Exception {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> ask = () -> trigger(run, "re-trigger").id();
      var ids = new HashSet<String>();
      for (Future<String> future : executor.invokeAll(java.util.Collections.nCopies(16, ask))) {
        ids.add(future.get());
      }
      assertThat(ids).hasSize(1);
    }
    assertThat(server.get("/runs?count=true").json().get("count")).isEqualTo(2L);
  }

  @Test
  void onlyWhatFailedOrDeliveredNothingIsTriggeredAgain() {
    FlowRun fine = server.newRun(flow, State.SUCCESS, ApiServer.FINE);
    ApiServer.Reply refused = trigger(fine, "re-trigger");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().required("errorMessage")).contains("Only failed runs");
    FlowRun empty = server.newRun(flow, State.SUCCESS, Counts.NONE);
    assertThat(trigger(empty, "re-trigger").status()).isEqualTo(200);
    ApiServer.Reply unknown = trigger(empty, "rewind");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text()).contains("rewind");
  }

  @Test
  void runThatWaitsIsCancelled() {
    String run = server.post("/runs", Map.of("flowId", flow)).id();
    assertThat(server.post("/runs/" + run + "/action?op=cancel").status()).isEqualTo(200);
    assertThat(
            Contract.part(server.get("/runs/" + run).item(), "metrics", "statusSummary")
                .text("status"))
        .isEqualTo("failed");
    assertThat(server.post("/runs/" + run + "/action?op=cancel").status()).isEqualTo(400);
  }

  @Test
  void eventsTellTheRunAndItsEnd() {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    List<String> lines = server.get("/runs/" + run.id() + "/events").text().lines().toList();
    assertThat(lines).contains("event: run", "event: end", "data: {\"status\":\"failed\"}");
  }

  @Test
  void fileIsDownloadedUnderItsRunsName() {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    ApiServer.Reply file = server.get("/runs/" + run.id() + "/artifacts/fail.csv");
    assertThat(file.text()).isEqualTo("email\nann@x.org\n");
    assertThat(file.header("Content-Disposition")).contains("fail-" + run.id() + ".csv");
    assertThat(server.get("/runs/" + run.id() + "/artifacts/retry.csv").status()).isEqualTo(404);
    assertThat(server.get("/runs/" + run.id() + "/artifacts/..%2f..%2fetc").status())
        .isIn(400, 404);
  }

  @Test
  void runNeedsAFlowThatIsThere() {
    assertThat(server.post("/runs", Map.of()).json().required("type")).endsWith("FLOW-1446-400");
    assertThat(server.post("/runs", Map.of("flowId", "x")).json().required("type"))
        .endsWith("FLOW-1430-400");
    var second = new ArrayList<ApiServer.Reply>();
    second.add(server.post("/runs", Map.of("flowId", flow)));
    second.add(server.post("/runs", Map.of("flowId", flow)));
    assertThat(second).extracting(ApiServer.Reply::status).containsExactly(201, 400);
  }

  @Test
  void whatIsDoneStandsInTheAuditLogAndInTheMeters() {
    FlowRun run = server.newRun(flow, State.FAILED, ApiServer.BAD);
    trigger(run, "re-trigger");
    assertThat(server.meters.scrape())
        .contains("waybill_runs_completed_total{state=\"failed\"} 1.0")
        .contains("waybill_records_total{disposition=\"rejected\"} 1.0")
        .contains("waybill_runs{state=\"queued\"} 1.0")
        .contains("http_server_requests_seconds_count");
  }
}
