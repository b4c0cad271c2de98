package dev.waybill.server.rest;

import dev.waybill.run.LiveStanding;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.work.Works;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs as the API shows them, in one answer. For one thread.
final class RunForm {

  private final Catalog catalog;
  private final Works works;

  /// By flow: many runs of one list are of the same.
  private final Map<String, Long> filesRead = new HashMap<>();

  RunForm(Catalog catalog, Works works) {
    this.catalog = catalog;
    this.works = works;
  }

  static String etag(FlowRun run) {
    return Etag.of(run.id(), run.stamp().version());
  }

  /// A state by the API's word for it.
  static String status(State state) {
    return switch (state) {
      case QUEUED -> "queued";
      case RUNNING -> "inProgress";
      case SUCCESS -> "success";
      case FAILED -> "failed";
    };
  }

  /// A state as the catalog has it, by the API's word in large or small letters.
  static String state(String word, String field) {
    String plain = word.toLowerCase(Locale.ROOT).replace("_", "");
    return Arrays.stream(State.values())
        .filter(
            state ->
                status(state).toLowerCase(Locale.ROOT).equals(plain)
                    || state.name().toLowerCase(Locale.ROOT).equals(plain))
        .map(state -> state.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElseThrow(
            () -> ApiProblem.badValue(word, field, "one of queued, inProgress, success, failed"));
  }

  JsonObject of(Sandbox sandbox, FlowRun run) {
    FlowRun.Counts counts = run.counts();
    JsonObject duration = duration(run);
    JsonObject size =
        JsonObject.empty()
            .put("inputBytes", counts.inputBytes())
            .put("outputBytes", counts.outputBytes());
    JsonObject records = records(counts);
    JsonObject files = files(run);
    JsonObject status = status(run);
    JsonObject activity =
        JsonObject.empty()
            .put("id", run.id())
            .put("name", "Delivery")
            .put("updatedAtUTC", run.stamp().updatedAt().toEpochMilli())
            .put("durationSummary", duration)
            .put("latencySummary", JsonObject.empty())
            .put("sizeSummary", size)
            .put("recordSummary", records.copy())
            .put("fileSummary", files)
            .put("statusSummary", status);
    JsonObject form = Stamps.form(run.id(), sandbox, run.stamp());
    works.standing(run).ifPresent(standing -> form.put("live", live(standing)));
    return form.put("flowId", run.flowId())
        .put("flowSpec", FlowForm.spec())
        .put("providerRefId", run.id())
        .put("parentFlowRunId", run.parent())
        .put("trigger", run.trigger().name().toLowerCase(Locale.ROOT))
        .put("flowVersion", Etag.of(run.flowId(), run.flowVersion()))
        .put("etag", etag(run))
        .put(
            "metrics",
            JsonObject.empty()
                .put("durationSummary", duration)
                .put("sizeSummary", size)
                .put("recordSummary", records)
                .put("fileSummary", files)
                .put("statusSummary", status))
        .put("activities", List.of(activity.members()));
  }

  private static JsonObject live(LiveStanding standing) {
    JsonObject live = JsonObject.empty();
    if (standing.lag().isKnown()) {
      live.put("lag", standing.lag().behind());
    }
    return live.put("lagUnit", standing.lag().unit().name().toLowerCase(Locale.ROOT))
        .put("heldRecordCount", standing.held())
        .put("oldestMillis", standing.oldest().toMillis());
  }

  private static JsonObject duration(FlowRun run) {
    var duration = JsonObject.empty();
    if (run.startedAt() != null) {
      duration.put("startedAtUTC", run.startedAt().toEpochMilli());
    }
    if (run.completedAt() != null) {
      duration.put("completedAtUTC", run.completedAt().toEpochMilli());
    }
    return duration;
  }

  private static JsonObject records(FlowRun.Counts counts) {
    return JsonObject.empty()
        .put("inputRecordCount", counts.read())
        .put("createdRecordCount", counts.delivered())
        .put("outputRecordCount", counts.delivered())
        .put("failedRecordCount", counts.undelivered())
        .put(
            "extensions",
            JsonObject.empty()
                .put("rejectedRecordCount", counts.rejected())
                .put("unknownRecordCount", counts.unknown())
                .put("unprocessedRecordCount", counts.unprocessed())
                .put("callCount", counts.calls()));
  }

  private JsonObject files(FlowRun run) {
    long left =
        run.state().isOver()
            ? Arrays.stream(Works.Artifact.values())
                .filter(kind -> works.artifact(run, kind).isPresent())
                .count()
            : 0;
    return JsonObject.empty()
        .put("inputFileCount", filesRead.computeIfAbsent(run.flowId(), id -> filesOf(run)))
        .put("outputFileCount", left);
  }

  private long filesOf(FlowRun run) {
    return catalog
        .flow(run.tenant(), run.flowId())
        .map(Flow::job)
        .map(JsonObject::kept)
        .map(job -> job.object("source"))
        .map(source -> (long) source.texts("files").size())
        .orElse(0L);
  }

  private static JsonObject status(FlowRun run) {
    List<?> errors =
        run.error() == null
            ? List.of()
            : List.of(
                JsonObject.empty()
                    .put("code", run.cancelling() ? "cancelled" : "failed")
                    .put("message", run.error())
                    .members());
    JsonObject status = JsonObject.empty().put("status", status(run.state())).put("errors", errors);
    return run.cancelling() && !run.state().isOver()
        ? status.put("extensions", JsonObject.empty().put("cancelling", true))
        : status;
  }

  /// Adds why records were not delivered, if the flow wants that shown.
  JsonObject withReasons(JsonObject form, FlowRun run) {
    boolean shown =
        run.counts().undelivered() > 0
            && catalog
                .flow(run.tenant(), run.flowId())
                .map(flow -> flow.options().errorDiagnosticsEnabled())
                .orElse(true);
    if (shown) {
      JsonObject metrics = form.object("metrics");
      JsonObject records = metrics == null ? null : metrics.object("recordSummary");
      if (records != null) {
        records.put(
            "failedInfo", works.reasons(run).stream().limit(20).map(RunForm::failed).toList());
      }
    }
    return form;
  }

  private static Object failed(ReasonDigest.Group group) {
    return JsonObject.empty()
        .put("code", group.code() == null ? disposition(group) : group.code())
        .put("message", group.pattern())
        .put(
            "details",
            JsonObject.empty()
                .put("disposition", disposition(group))
                .put("recordCount", group.count()))
        .members();
  }

  static String disposition(ReasonDigest.Group group) {
    return group.disposition().name().toLowerCase(Locale.ROOT);
  }
}
