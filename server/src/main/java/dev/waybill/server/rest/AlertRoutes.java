package dev.waybill.server.rest;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertForm;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import java.util.List;

/// `/flows/{id}/alerts`: what people are told of a flow.
final class AlertRoutes {

  private static final int MOST_TOLD = 100;

  private final Catalog catalog;
  private final Alerts alerts;

  AlertRoutes(Catalog catalog, Alerts alerts) {
    this.catalog = catalog;
    this.alerts = alerts;
  }

  List<Route> routes() {
    String path = "/flows/{id}/alerts";
    return List.of(
        Route.get("listFlowAlerts", path, this::list),
        Route.put("setFlowAlerts", path, "alerts.set", this::set));
  }

  private Answer list(Call call) {
    return Answer.ok(form(find(call)));
  }

  private Answer set(Call call) {
    Flow flow = find(call);
    Object items = call.body().get("items");
    if (items == null) {
      throw new UserException("Alerts are given as {\"items\": [RULE, …]}; [] takes all away.");
    }
    alerts.set(flow, AlertForm.read(Json.text(items)));
    return Answer.ok(form(flow));
  }

  private Flow find(Call call) {
    String id = call.path("id");
    return catalog.flow(call.tenant(), id).orElseThrow(() -> ApiProblem.notFound("flows", id));
  }

  private JsonObject form(Flow flow) {
    return JsonObject.empty()
        .put("items", AlertForm.tree(alerts.rules(flow)))
        .put(
            "told",
            alerts.told(flow, MOST_TOLD).stream().map(told -> form(told).members()).toList());
  }

  private static JsonObject form(Alerts.Told told) {
    return JsonObject.empty()
        .put("at", told.at().toString())
        .put("ruleId", told.rule())
        .put("to", place(told.to()))
        .put("text", told.text())
        .put("state", told.state())
        .put("error", told.error());
  }

  private static String place(Channel channel) {
    return switch (channel) {
      case Channel.Webhook(String url, String secret) -> url;
      case Channel.Mail(String mailbox) -> mailbox;
    };
  }
}
