package dev.waybill.server.rest;

import dev.waybill.json.Json;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.Tenant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A good request for each operation of the document, with all that it needs.
final class Examples {

  private final ApiServer server;
  private int number;

  Examples(ApiServer server) {
    this.server = server;
  }

  /// @param path what is put for `{id}`, query included
  record Example(String path, @Nullable String body, @Nullable String ifMatch) {}

  private String name() {
    return "thing " + ++number;
  }

  private String spec(String name) {
    return server.get("/connectionSpecs?property=name==" + name).item().required("id");
  }

  Map<String, Object> connection(String kind) {
    Map<String, Object> spec =
        Map.of(
            "id",
            kind.equals("sourceConnections") ? spec("csv-source") : spec("sqlite-destination"),
            "version",
            "1.0");
    Map<String, Object> params =
        switch (kind) {
          case "sourceConnections" -> Map.of("path", "contacts.csv", "limit", 5);
          case "targetConnections" -> Map.of("to", "sqlite:contacts.db");
          default -> Map.of();
        };
    return Map.of("name", name(), "connectionSpec", spec, "params", params);
  }

  String newConnection(String kind) {
    return server.post("/" + kind, connection(kind)).id();
  }

  private static String kind(String path) {
    return path.split("/", -1)[1];
  }

  /// @throws IllegalStateException if there is none: then add it here
  Example of(Contract.Operation operation) {
    String path = operation.path();
    return switch (operation.id()) {
      case "createFlow" -> new Example(path, Json.text(ApiServer.flow(name())), null);
      case "checkFlow" -> new Example(path, Json.text(ApiServer.flow("checked")), null);
      case "createRun" ->
          new Example(path, Json.text(Map.of("flowId", server.newFlow(name()))), null);
      case "listFlows", "listRuns" -> {
        server.newRun(server.newFlow(name()), State.SUCCESS, ApiServer.FINE);
        yield new Example(path, null, null);
      }
      case "retrieveFlow" -> {
        String flow = server.newFlow(name());
        server.newRun(flow, State.FAILED, ApiServer.BAD);
        yield at(path, flow);
      }
      case "deleteFlow" -> at(path, server.newFlow(name()));
      case "listFlowRuns" -> {
        String flow = server.newFlow(name());
        server.newRun(flow, State.FAILED, ApiServer.BAD);
        yield at(path, flow);
      }
      case "patchFlow" -> patch(path, server.newFlow(name()));
      case "listFlowReasons" -> at(path, server.newFlow(name()));
      case "listFlowAlerts" -> at(path, server.newFlow(name()));
      case "setFlowAlerts" ->
          new Example(
              path.replace("{id}", server.newFlow(name())),
              Json.text(Map.of("items", List.of(alert()))),
              null);
      case "actFlow" -> at(path + "?op=disable", server.newFlow(name()));
      case "retrieveRun",
          "listRunRecords",
          "listRunReasons",
          "listRunCalls",
          "listRunSamples",
          "retrieveRunLineage",
          "watchRun" ->
          at(path, failedRun());
      case "actRun" -> at(path + "?op=re-trigger", failedRun());
      case "downloadRunArtifact" -> at(path.replace("{file}", "fail.csv"), failedRun());
      case "createConnection", "createSourceConnection", "createTargetConnection" ->
          new Example(path, Json.text(connection(kind(path))), null);
      case "retrieveConnection",
          "deleteConnection",
          "retrieveSourceConnection",
          "deleteSourceConnection",
          "retrieveTargetConnection",
          "deleteTargetConnection" ->
          at(path, newConnection(kind(path)));
      case "patchConnection", "patchSourceConnection", "patchTargetConnection" ->
          patch(path, newConnection(kind(path)));
      case "actConnection", "actSourceConnection", "actTargetConnection" ->
          at(path + "?op=publish", newConnection(kind(path)));
      case "listConnections", "listSourceConnections", "listTargetConnections" -> {
        newConnection(kind(path));
        yield new Example(path, null, null);
      }
      case "listConnectionSpecs", "listFlowSpecs" -> new Example(path, null, null);
      case "retrieveConnectionSpec" -> at(path, spec("csv-source"));
      case "retrieveFlowSpec" -> at(path, server.get("/flowSpecs").item().required("id"));
      case "health", "live", "ready", "metrics", "openapi", "docs" -> new Example(path, null, null);
      default ->
          throw new IllegalStateException("there is no example of " + operation.id() + " yet");
    };
  }

  private Map<String, Object> alert() {
    server.access.secrets().set(new Tenant("acme", "prod"), "hook", "s3cret", "test");
    return Map.of(
        "when",
        "failed",
        "to",
        List.of(Map.of("webhook", "https://hooks.example/x", "secret", "secret:hook")));
  }

  private String failedRun() {
    return server.newRun(server.newFlow(name()), State.FAILED, ApiServer.BAD).id();
  }

  private static Example at(String path, String id) {
    return new Example(path.replace("{id}", id), null, null);
  }

  private Example patch(String path, String id) {
    String at = path.replace("{id}", id);
    return new Example(
        at,
        Json.text(List.of(Map.of("op", "replace", "path", "/name", "value", name()))),
        server.get(at).header("ETag"));
  }

  ApiServer.Reply call(ApiServer.Who who, Contract.Operation operation, Example example) {
    ApiServer.Who caller =
        example.ifMatch() == null ? who : who.with("If-Match", example.ifMatch());
    return server.call(
        caller,
        operation.method(),
        (operation.served() ? ApiServer.BASE : "") + example.path(),
        example.body());
  }
}
