package dev.waybill.server.rest;

import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.work.Admission;
import dev.waybill.server.work.Works;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/flows`.
final class Flows {

  /// What a client may not set, besides what it may not anywhere.
  private static final String[] OURS = {
    "runs", "folderFile", "inheritedAttributes", "lastOperation", "lastRunDetails"
  };

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "name",
          "state",
          "createdAt",
          "updatedAt",
          "lastRunDetails.state",
          "lastRunDetails.startedAtUTC");

  private final Catalog catalog;
  private final Works works;
  private final JobMaker jobs;
  private final Admission admission;
  private final Stamps stamps;
  private final FlowForm form;

  Flows(
      Catalog catalog,
      Works works,
      JobMaker jobs,
      Admission admission,
      Stamps stamps,
      FlowForm form) {
    this.catalog = catalog;
    this.works = works;
    this.jobs = jobs;
    this.admission = admission;
    this.stamps = stamps;
    this.form = form;
  }

  List<Route> routes() {
    return List.of(
        Route.get("listFlows", "/flows", this::list, Listing.PARAMETERS),
        Route.post("createFlow", "/flows", Role.ADMIN, "flow.create", this::create, "mode"),
        Route.post("checkFlow", "/flows/check", Role.ADMIN, "flow.check", this::check),
        Route.get("retrieveFlow", "/flows/{id}", this::get),
        Route.patch("patchFlow", "/flows/{id}", "flow.change", this::change),
        Route.delete("deleteFlow", "/flows/{id}", "flow.delete", this::delete),
        Route.post(
            "actFlow", "/flows/{id}/action", Role.ADMIN, "flow.action", this::act, "op", "subOp"));
  }

  private Answer list(Call call) {
    return Listing.answer(call, new FlowShelf(call), "/flows", null);
  }

  private final class FlowShelf implements Shelf<Flow> {
    private final Call call;

    FlowShelf(Call call) {
      this.call = call;
    }

    @Override
    public boolean has(String field) {
      return FIELDS.contains(field);
    }

    @Override
    public String value(String field, String value) {
      return field.equals("lastRunDetails.state") ? RunForm.state(value, field) : value;
    }

    @Override
    public Page<Flow> page(Query query) {
      return catalog.flows(call.tenant(), query);
    }

    @Override
    public JsonObject form(Flow flow) {
      return form.of(call.sandbox(), flow);
    }
  }

  private Flow find(Call call) {
    String id = call.path("id");
    return catalog.flow(call.tenant(), id).orElseThrow(() -> ApiProblem.notFound("flows", id));
  }

  private Answer get(Call call) {
    Flow flow = find(call);
    return Answer.thing(form.of(call.sandbox(), flow), FlowForm.etag(flow));
  }

  private Answer create(Call call) {
    JsonObject body = call.body();
    if (body.has("state")) {
      throw ApiProblem.stateGiven();
    }
    boolean draft = call.query("mode").filter("draft"::equals).isPresent();
    String id = UUID.randomUUID().toString();
    Flow flow = parsed(call, id, body.remove(Stamps.OURS).remove(OURS), !draft, stamps.first(call));
    catalog.add(flow);
    return Answer.created("flows", id, FlowForm.etag(flow));
  }

  private Flow parsed(Call call, String id, JsonObject body, boolean enabled, Stamp stamp) {
    String name = Names.name(body);
    JsonObject spec = body.object("flowSpec");
    String specId = spec == null ? null : spec.text("id");
    if (specId != null && !specId.equals(Specs.FLOW)) {
      throw ApiProblem.invalidSpec(specId);
    }
    var schedule = ScheduleForm.schedule(body.object("scheduleParams"), stamps.now());
    FlowOptions options = options(body.object("options"));
    String job =
        admission.stored(
            call.tenant(), id, call.caller().name(), jobs.checked(jobs.tree(call.tenant(), body)));
    return new Flow(
        id,
        call.tenant(),
        name,
        body.text("description"),
        job,
        options,
        schedule,
        enabled,
        null,
        body.remove("name", "description", "options", "job").toString(),
        stamp);
  }

  private static FlowOptions options(@Nullable JsonObject given) {
    if (given == null) {
      return FlowOptions.USUAL;
    }
    String percent = given.text("partialIngestionPercent");
    double share = 0;
    if (percent != null) {
      if (!percent.matches("[0-9]{1,3}(\\.[0-9]{1,10})?") || Double.parseDouble(percent) > 100) {
        throw ApiProblem.badValue(
            percent, "options.partialIngestionPercent", "a number from 0 to 100");
      }
      share = Double.parseDouble(percent);
    }
    return new FlowOptions(
        flag(given, "errorDiagnosticsEnabled", FlowOptions.USUAL.errorDiagnosticsEnabled()),
        share,
        flag(given, "pauseAfterFailure", FlowOptions.USUAL.pauseAfterFailure()));
  }

  private static boolean flag(JsonObject options, String name, boolean usual) {
    return switch (options.get(name)) {
      case null -> usual;
      case Boolean given -> given;
      case Object other ->
          throw ApiProblem.badValue(other.toString(), "options." + name, "true or false");
    };
  }

  private Answer check(Call call) {
    JsonObject body = call.body();
    JsonObject tree = jobs.tree(call.tenant(), body);
    jobs.checked(tree);
    Works.Check found = works.check(call.tenant(), tree.toString());
    return Answer.ok(
        JsonObject.empty()
            .put("notes", found.notes())
            .put("columns", found.columns())
            .put("call", found.call()));
  }

  private Answer change(Call call) {
    Flow flow = find(call);
    String given = call.ifMatch().orElseThrow(ApiProblem::missingIfMatch);
    Etag.requireMatch(Optional.of(given), flow.id(), flow.stamp().version());
    requireOwn(flow);
    JsonObject document = FlowForm.editable(flow);
    Object jobBefore = document.copy().get("job");
    JsonPatch.apply(JsonObject.value(call.bytes()), document);
    if (document.has("sourceConnectionIds")) {
      if (!Objects.equals(document.get("job"), jobBefore)) {
        throw ApiProblem.patchFailed(
            "the job of this flow is made from its connections and transformations; change those.");
      }
      document.remove("job");
    }
    Flow changed =
        parsed(
            call,
            flow.id(),
            document.remove(Stamps.OURS).remove(OURS),
            flow.enabled(),
            stamps.next(call, flow.stamp()));
    catalog.change(changed);
    return Answer.changed(flow.id(), FlowForm.etag(changed));
  }

  private static void requireOwn(Flow flow) {
    if (flow.folderFile() != null) {
      throw ApiProblem.invalid(
          "The flow comes from the file "
              + flow.folderFile()
              + " of the flows' folder; change that.");
    }
  }

  private Answer delete(Call call) {
    Flow flow = find(call);
    Etag.requireMatch(call.ifMatch(), flow.id(), flow.stamp().version());
    requireOwn(flow);
    catalog.remove(flow);
    admission.forget(call.tenant(), flow.id());
    return new Answer.Nothing();
  }

  private Answer act(Call call) {
    Flow flow = find(call);
    Etag.requireMatch(call.ifMatch(), flow.id(), flow.stamp().version());
    String op = call.query("op").orElse("");
    boolean enabled =
        switch (op.toLowerCase(Locale.ROOT)) {
          case "enable", "publish" -> true;
          case "disable" -> false;
          default -> throw ApiProblem.badAction(op, "enable, disable, publish");
        };
    if (enabled == flow.enabled()) {
      return Answer.changed(flow.id(), FlowForm.etag(flow));
    }
    Flow changed = flow.enabled(enabled, stamps.next(call, flow.stamp()));
    catalog.change(changed);
    return Answer.changed(flow.id(), FlowForm.etag(changed));
  }
}
