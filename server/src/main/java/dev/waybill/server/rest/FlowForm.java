package dev.waybill.server.rest;

import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Query.Comparison;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.catalog.SavedConnection;
import dev.waybill.server.catalog.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A flow as the API shows it.
final class FlowForm {

  private final Catalog catalog;

  FlowForm(Catalog catalog) {
    this.catalog = catalog;
  }

  static String etag(Flow flow) {
    return Etag.of(flow.id(), flow.stamp().version());
  }

  /// What a client may change of it.
  static JsonObject editable(Flow flow) {
    JsonObject document = JsonObject.kept(flow.document());
    JsonObject form =
        JsonObject.empty().put("name", flow.name()).put("description", flow.description());
    document.members().forEach(form::put);
    form.put("flowSpec", spec());
    form.remove("scheduleParams").put("scheduleParams", schedule(flow, document));
    return form.put(
            "options",
            JsonObject.empty()
                .put("errorDiagnosticsEnabled", flow.options().errorDiagnosticsEnabled())
                .put("partialIngestionPercent", percent(flow.options().partialIngestionPercent()))
                .put("pauseAfterFailure", flow.options().pauseAfterFailure()))
        .put("job", JsonObject.kept(flow.job()));
  }

  private static Number percent(double percent) {
    return percent == Math.rint(percent) ? (Number) (long) percent : (Number) percent;
  }

  static JsonObject spec() {
    return JsonObject.empty().put("id", Specs.FLOW).put("version", Specs.VERSION);
  }

  /// As the client gave it, if it still holds.
  private static @Nullable JsonObject schedule(Flow flow, JsonObject document) {
    JsonObject given = document.object("scheduleParams");
    if (given == null || flow.schedule() == null) {
      return ScheduleForm.params(flow.schedule());
    }
    Schedule meant = ScheduleForm.schedule(given, flow.stamp().createdAt());
    boolean holds =
        (given.has("startTime") || given.has("cron"))
            ? Objects.equals(meant, flow.schedule()) || "once".equals(given.text("frequency"))
            : meant instanceof Schedule.Every every
                && flow.schedule() instanceof Schedule.Every real
                && every.interval().equals(real.interval());
    return holds ? given : ScheduleForm.params(flow.schedule());
  }

  JsonObject of(Sandbox sandbox, Flow flow) {
    JsonObject form = Stamps.form(flow.id(), sandbox, flow.stamp());
    JsonObject editable = editable(flow);
    editable.members().forEach(form::put);
    form.put("state", state(flow))
        .put("version", etag(flow))
        .put("etag", etag(flow))
        .put("folderFile", flow.folderFile())
        .put("inheritedAttributes", inherited(flow, editable))
        .put("runs", "/flows/" + flow.id() + "/runs")
        .put("lastOperation", lastOperation(flow));
    lastRun(flow, form);
    return form;
  }

  private static String state(Flow flow) {
    return flow.enabled() ? "enabled" : "disabled";
  }

  private JsonObject inherited(Flow flow, JsonObject document) {
    return JsonObject.empty()
        .put("sourceConnections", connections(flow, document.texts("sourceConnectionIds")))
        .put("targetConnections", connections(flow, document.texts("targetConnectionIds")));
  }

  private List<Map<String, @Nullable Object>> connections(Flow flow, List<String> ids) {
    return ids.stream()
        .flatMap(id -> catalog.connection(flow.tenant(), id).stream())
        .map(FlowForm::connection)
        .toList();
  }

  private static Map<String, @Nullable Object> connection(SavedConnection connection) {
    JsonObject form =
        JsonObject.empty()
            .put("id", connection.id())
            .put(
                "connectionSpec",
                JsonObject.empty().put("id", connection.spec()).put("version", Specs.VERSION));
    String base = JsonObject.kept(connection.document()).text("baseConnectionId");
    if (base != null) {
      form.put("baseConnection", JsonObject.empty().put("id", base));
    }
    return form.members();
  }

  private static JsonObject lastOperation(Flow flow) {
    long at = flow.stamp().updatedAt().toEpochMilli();
    return JsonObject.empty()
        .put("started", at)
        .put("updated", at)
        .put("percentCompleted", 100.0)
        .put("status", JsonObject.empty().put("value", "completed").put("errors", List.of()))
        .put("operation", flow.stamp().version() == 1 ? "create" : "update");
  }

  private void lastRun(Flow flow, JsonObject form) {
    Query latest = Query.newest(1).where("flowId", Comparison.EQUAL, flow.id());
    for (FlowRun run : catalog.runs(flow.tenant(), latest).items()) {
      var last = JsonObject.empty().put("id", run.id()).put("state", RunForm.status(run.state()));
      if (run.startedAt() != null) {
        last.put("startedAtUTC", run.startedAt().toEpochMilli());
      }
      if (run.completedAt() != null) {
        last.put("completedAtUTC", run.completedAt().toEpochMilli());
      }
      form.put("lastRunDetails", last);
    }
  }
}
