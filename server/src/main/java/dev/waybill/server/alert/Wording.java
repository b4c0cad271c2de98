package dev.waybill.server.alert;

import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.AlertRule.Condition.Failed;
import dev.waybill.server.alert.AlertRule.Condition.Rejected;
import dev.waybill.server.alert.AlertRule.Condition.Runs;
import dev.waybill.server.alert.AlertRule.Condition.Silent;
import dev.waybill.server.alert.Lookout.Finding;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts what is to be told into words, for people and for programs.
///
/// @param address where the service's page is: `https://waybill.example`; null if it is not known
record Wording(@Nullable String address) {

  Notice notice(WatchedRule rule, Flow flow, Finding finding, AlertRule.Channel channel) {
    String subject = subject(rule.rule().condition(), flow, finding);
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("type", "alert." + finding.happening().name().toLowerCase(Locale.ROOT));
    body.put("at", finding.at().toString());
    body.put("organisation", rule.tenant().organisation());
    body.put("sandbox", rule.tenant().sandbox());
    body.put("flow", Map.of("id", flow.id(), "name", flow.name()));
    body.put("rule", AlertForm.tree(rule.rule()).get("when"));
    body.put("ruleId", rule.rule().id());
    body.put("text", subject);
    FlowRun run = finding.run();
    if (run != null) {
      body.put("run", tree(run));
    }
    return new Notice(
        UUID.randomUUID().toString(),
        rule.tenant(),
        rule.flow(),
        rule.rule().id(),
        channel,
        Json.text(body),
        subject,
        words(subject, rule, flow, run),
        finding.at(),
        0);
  }

  private Map<String, @Nullable Object> tree(FlowRun run) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("id", run.id());
    tree.put("status", run.state().name().toLowerCase(Locale.ROOT));
    tree.put("error", run.error());
    tree.put("read", run.counts().read());
    tree.put("delivered", run.counts().delivered());
    tree.put("rejected", run.counts().rejected());
    tree.put("unknown", run.counts().unknown());
    tree.put("unprocessed", run.counts().unprocessed());
    tree.put("link", link(run));
    return tree;
  }

  private @Nullable String link(FlowRun run) {
    return address == null ? null : address + "/runs/" + run.id();
  }

  private static String subject(Condition condition, Flow flow, Finding finding) {
    String what =
        switch (finding.happening()) {
          case BEGUN -> begun(condition, finding.run());
          case REMINDER -> "still: " + begun(condition, finding.run());
          case OVER -> over(condition);
        };
    return "Flow " + flow.name() + ": " + what;
  }

  private static String begun(Condition condition, @Nullable FlowRun run) {
    return switch (condition) {
      case Failed() -> "the last run failed";
      case Rejected(double percent) ->
          run == null
              ? "more than %s %% of the records were rejected".formatted(plain(percent))
              : "%,d of %,d records were rejected, more than %s %%"
                  .formatted(run.counts().rejected(), run.counts().read(), plain(percent));
      case Silent(Duration time, Runs runs) ->
          (runs == Runs.ANY ? "no run ended for " : "no run succeeded for ") + length(time);
    };
  }

  private static String over(Condition condition) {
    return switch (condition) {
      case Failed() -> "the last run succeeded again";
      case Rejected(double percent) ->
          "no more than %s %% of the records were rejected again".formatted(plain(percent));
      case Silent(Duration time, Runs runs) -> "runs end again";
    };
  }

  private static String plain(double percent) {
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }

  private static String length(Duration time) {
    long minutes = time.toMinutes();
    if (minutes % 1440 == 0) {
      return minutes / 1440 == 1 ? "a day" : minutes / 1440 + " days";
    }
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
  }

  private String words(String subject, WatchedRule rule, Flow flow, @Nullable FlowRun run) {
    var words = new StringBuilder(subject).append(".\n");
    if (run != null) {
      if (run.error() != null) {
        words.append('\n').append(run.error()).append('\n');
      }
      FlowRun.Counts counts = run.counts();
      words.append(
          "\nOf %,d records read, %,d were delivered, %,d rejected, %,d are unknown, %,d unprocessed.\n"
              .formatted(
                  counts.read(),
                  counts.delivered(),
                  counts.rejected(),
                  counts.unknown(),
                  counts.unprocessed()));
      String link = link(run);
      words.append('\n').append(link == null ? "Run " + run.id() : link).append('\n');
    }
    return words
        .append("\nFlow ")
        .append(flow.id())
        .append(" of ")
        .append(rule.tenant().organisation())
        .append('/')
        .append(rule.tenant().sandbox())
        .append(", alert ")
        .append(rule.rule().id())
        .append(".\n")
        .toString();
  }
}
