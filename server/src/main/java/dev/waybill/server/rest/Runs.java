package dev.waybill.server.rest;

import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.work.Works;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `/runs`: lists, starts, triggers again, cancels.
final class Runs {

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "flowId",
          "createdAt",
          "updatedAt",
          "metrics.statusSummary.status",
          "metrics.durationSummary.startedAtUTC",
          "metrics.durationSummary.completedAtUTC");

  /// Other names that clients have for some of these.
  private static final Map<String, String> ALIASES =
      Map.of(
          "state", "metrics.statusSummary.status",
          "status", "metrics.statusSummary.status",
          "lastRunDetails.state", "metrics.statusSummary.status",
          "lastRunDetails.startedAtUTC", "metrics.durationSummary.startedAtUTC",
          "lastRunDetails.completedAtUTC", "metrics.durationSummary.completedAtUTC");

  private final Catalog catalog;
  private final Works works;

  Runs(Catalog catalog, Works works) {
    this.catalog = catalog;
    this.works = works;
  }

  List<Route> routes() {
    return List.of(
        Route.get("listRuns", "/runs", this::list, Listing.PARAMETERS),
        Route.get("listFlowRuns", "/flows/{id}/runs", this::listOfFlow, Listing.PARAMETERS),
        Route.post("createRun", "/runs", Role.OPERATOR, "run.start", this::start),
        Route.get("retrieveRun", "/runs/{id}", this::get),
        Route.post(
            "actRun", "/runs/{id}/action", Role.OPERATOR, "run.action", this::act, "op", "subOp"));
  }

  /// The run that a path names, as it stands.
  ///
  /// @throws ApiProblem if the tenant has none
  static FlowRun find(Works works, Call call) {
    String id = call.path("id");
    return works.look(call.tenant(), id).orElseThrow(() -> ApiProblem.notFound("runs", id));
  }

  private Answer list(Call call) {
    return Listing.answer(call, new RunShelf(call), "/runs", null);
  }

  private Answer listOfFlow(Call call) {
    String id = call.path("id");
    Flow flow = catalog.flow(call.tenant(), id).orElseThrow(() -> ApiProblem.notFound("flows", id));
    return Listing.answer(
        call, new RunShelf(call), "/flows/" + flow.id() + "/runs", "flowId==" + flow.id());
  }

  private final class RunShelf implements Shelf<FlowRun> {
    private final Call call;
    private final RunForm form = new RunForm(catalog, works);

    RunShelf(Call call) {
      this.call = call;
    }

    @Override
    public String field(String name) {
      return ALIASES.getOrDefault(name, name);
    }

    @Override
    public boolean has(String field) {
      return FIELDS.contains(field);
    }

    @Override
    public String value(String field, String value) {
      return field.equals("metrics.statusSummary.status") ? RunForm.state(value, field) : value;
    }

    @Override
    public Page<FlowRun> page(Query query) {
      return catalog.runs(call.tenant(), query);
    }

    @Override
    public long count(Query query) {
      return catalog.countRuns(call.tenant(), query);
    }

    @Override
    public JsonObject form(FlowRun run) {
      return form.of(call.sandbox(), run);
    }
  }

  private Answer get(Call call) {
    FlowRun run = find(works, call);
    var form = new RunForm(catalog, works);
    return Answer.thing(form.withReasons(form.of(call.sandbox(), run), run), RunForm.etag(run));
  }

  private Answer start(Call call) {
    JsonObject body = call.body();
    String id = body.text("flowId");
    if (id == null || id.isBlank()) {
      throw ApiProblem.missingFlowId();
    }
    Flow flow = catalog.flow(call.tenant(), id).orElseThrow(() -> ApiProblem.noFlowToRun(id));
    FlowRun run =
        works.start(flow, FlowRun.Trigger.HAND, call.caller().name(), call.caller().client());
    return Answer.created("runs", run.id(), RunForm.etag(run));
  }

  private Answer act(Call call) {
    FlowRun run = find(works, call);
    Etag.requireMatch(call.ifMatch(), run.id(), run.stamp().version());
    String op = call.query("op").orElse("");
    return switch (op.toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "re-trigger" -> {
        FlowRun again = works.retrigger(run, call.caller().name(), call.caller().client());
        yield Answer.changed(again.id(), RunForm.etag(again));
      }
      case "cancel" -> {
        works.cancel(run);
        FlowRun now = works.look(call.tenant(), run.id()).orElse(run);
        yield Answer.changed(now.id(), RunForm.etag(now));
      }
      default -> throw ApiProblem.badAction(op, "re-trigger, RE_TRIGGER, cancel");
    };
  }
}
