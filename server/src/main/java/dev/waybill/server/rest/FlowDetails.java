package dev.waybill.server.rest;

import dev.waybill.ledger.ReasonHistory;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.work.FlowReason;
import dev.waybill.server.work.Works;
import java.util.List;
import java.util.Locale;

/// What there is to know of a flow over its runs: why records fail, and since when.
final class FlowDetails {

  private final Catalog catalog;
  private final Works works;

  FlowDetails(Catalog catalog, Works works) {
    this.catalog = catalog;
    this.works = works;
  }

  List<Route> routes() {
    return List.of(Route.get("listFlowReasons", "/flows/{id}/reasons", this::reasons));
  }

  private Answer reasons(Call call) {
    String id = call.path("id");
    Flow flow = catalog.flow(call.tenant(), id).orElseThrow(() -> ApiProblem.notFound("flows", id));
    return Answer.ok(
        JsonObject.empty()
            .put("items", works.reasons(flow).stream().map(FlowDetails::reason).toList()));
  }

  private static Object reason(FlowReason reason) {
    ReasonHistory history = reason.history();
    return JsonObject.empty()
        .put("disposition", history.disposition().name().toLowerCase(Locale.ROOT))
        .put("code", history.code())
        .put("pattern", history.pattern())
        .put("failingNow", reason.now())
        .put("count", history.count())
        .put("firstSeenAtUTC", history.firstSeen().toEpochMilli())
        .put("lastSeenAtUTC", history.lastSeen().toEpochMilli())
        .put("lastRunId", history.lastRun())
        .put("examples", RunDetails.examples(history.examples()))
        .members();
  }
}
