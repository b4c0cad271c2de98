package dev.waybill.server.page.view;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertForm;
import dev.waybill.server.alert.AlertRule;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Flow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Who is told what of a flow.
///
/// @param json the rules as they are written
/// @param told what was told lately, the latest first
public record AlertsView(List<Rule> rules, String json, List<Told> told) {

  private static final int TOLD = 5;

  /// A rule in words.
  ///
  /// @param raised whether it holds now
  public record Rule(String when, String to, boolean raised) {}

  /// Something that was told.
  public record Told(Moment at, String text, String state) {}

  /// The alerts of a flow.
  public static AlertsView of(Alerts alerts, Flow flow, Instant now) {
    List<AlertRule> rules = alerts.rules(flow);
    return new AlertsView(
        rules.stream().map(rule -> rule(alerts, flow, rule)).toList(),
        rules.isEmpty() ? "[]" : Json.text(AlertForm.tree(rules)),
        alerts.told(flow, TOLD).stream()
            .map(told -> new Told(Moment.of(told.at(), now), told.text(), told.state()))
            .toList());
  }

  private static Rule rule(Alerts alerts, Flow flow, AlertRule rule) {
    return new Rule(
        words(rule.condition()),
        rule.channels().stream().map(AlertsView::words).collect(Collectors.joining(", ")),
        alerts
            .standing(flow, rule.id())
            .map(standing -> standing.raisedAt() != null)
            .orElse(false));
  }

  private static String words(Condition condition) {
    return switch (condition) {
      case Condition.Failed failed -> "a run fails";
      case Condition.Rejected rejected ->
          "more than " + Wording.brief(rejected.percent()) + " % of a run are rejected";
      case Condition.Silent silent ->
          switch (silent.runs()) {
            case ANY -> "no run ended for " + Wording.length(silent.time());
            case SUCCESSFUL -> "no run succeeded for " + Wording.length(silent.time());
          };
    };
  }

  private static String words(Channel channel) {
    return switch (channel) {
      case Channel.Webhook webhook -> webhook.url();
      case Channel.Mail mail -> mail.to();
    };
  }

  /// Reads rules as they were written.
  ///
  /// @throws UserException if they are wrong; says where
  public static List<AlertRule> read(String json) {
    return AlertForm.read(json.isBlank() ? "[]" : json);
  }
}
