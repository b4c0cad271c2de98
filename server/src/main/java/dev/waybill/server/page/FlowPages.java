package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.server.access.Role;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.AlertsView;
import dev.waybill.server.page.view.FlowView;
import dev.waybill.server.page.view.FlowViews;
import dev.waybill.server.page.view.Shell.Section;
import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.HttpRules;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The list of flows, a flow, and what can be done with one.
final class FlowPages {

  private final Desk desk;
  private final FlowViews views;

  FlowPages(Desk desk) {
    this.desk = desk;
    views = new FlowViews(desk.parts().catalog(), desk.parts().works(), desk.parts().clock());
  }

  void routes(HttpRules rules) {
    rules.get("/flows", desk.page(this::list));
    rules.get("/flows/{id}", desk.page(this::flow));
    rules.post("/flows/{id}/run", desk.form((visit, form) -> run(visit)));
    rules.post("/flows/{id}/pause", desk.form((visit, form) -> enable(visit, false)));
    rules.post("/flows/{id}/resume", desk.form((visit, form) -> enable(visit, true)));
    rules.post("/flows/{id}/alerts", desk.form(this::setAlerts));
    rules.post("/flows/{id}/remove", desk.form((visit, form) -> remove(visit)));
  }

  private void list(Visit visit) {
    visit.show(
        visit.wantsPart() ? "parts/flows" : "flows",
        "Flows",
        Section.FLOWS,
        views.flows(visit.tenant(), visit.maybe("after")));
  }

  private void flow(Visit visit) {
    Flow flow = find(visit);
    FlowView view = view(visit, flow);
    visit.show(visit.wantsPart() ? "parts/flowruns" : "flow", flow.name(), Section.FLOWS, view);
  }

  private FlowView view(Visit visit, Flow flow) {
    return views
        .flow(visit.tenant(), flow.id(), visit.maybe("after"), desk.alerts())
        .orElseThrow(FlowPages::noSuchFlow);
  }

  /// In the sandbox where they are, or else in another one that they reach: links are shared.
  private Flow find(Visit visit) {
    String id = visit.path("id");
    Optional<Flow> here = desk.parts().catalog().flow(visit.tenant(), id);
    return here.or(
            () ->
                Elsewhere.find(
                    visit, tenant -> desk.parts().catalog().flow(tenant, id), Flow::tenant))
        .orElseThrow(FlowPages::noSuchFlow);
  }

  static HttpProblem noSuchFlow() {
    return HttpProblem.notFound("There is no such flow in the sandboxes that you can reach.");
  }

  private void run(Visit visit) {
    visit.require(Role.OPERATOR);
    Flow flow = find(visit);
    try {
      FlowRun run =
          desk.parts()
              .works()
              .start(flow, FlowRun.Trigger.HAND, visit.caller().name(), visit.caller().client());
      visit.record("run.start", run.id(), "done");
      visit.go("/runs/" + run.id(), Done.STARTED);
    } catch (UserException e) {
      visit.record("run.start", flow.id(), String.valueOf(e.getMessage()));
      visit.showRefused("flow", flow.name(), Section.FLOWS, view(visit, flow), e);
    }
  }

  private void enable(Visit visit, boolean enabled) {
    visit.require(Role.ADMIN);
    Flow flow = find(visit);
    desk.parts().catalog().change(flow.enabled(enabled, changed(visit, flow.stamp())));
    visit.record(enabled ? "flow.enable" : "flow.disable", flow.id(), "done");
    visit.go("/flows/" + flow.id(), enabled ? Done.RESUMED : Done.PAUSED);
  }

  private void setAlerts(Visit visit, Parameters form) {
    visit.require(Role.ADMIN);
    Flow flow = find(visit);
    Alerts alerts = desk.alerts();
    if (alerts == null) {
      throw HttpProblem.notFound("This service has no alerts.");
    }
    try {
      alerts.set(flow, AlertsView.read(form.first("rules").orElse("")));
      visit.record("flow.alerts", flow.id(), "done");
      visit.go("/flows/" + flow.id(), Done.ALERTS_SET);
    } catch (UserException e) {
      visit.showRefused("flow", flow.name(), Section.FLOWS, view(visit, flow), e);
    }
  }

  private Stamp changed(Visit visit, Stamp stamp) {
    return stamp.next(
        desk.parts().clock().instant().truncatedTo(ChronoUnit.MILLIS), visit.caller().name());
  }

  private void remove(Visit visit) {
    visit.require(Role.ADMIN);
    Flow flow = find(visit);
    desk.parts().catalog().remove(flow);
    desk.parts().admission().forget(visit.tenant(), flow.id());
    visit.record("flow.delete", flow.id(), "done");
    visit.go("/flows", Done.REMOVED);
  }
}
