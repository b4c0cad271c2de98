package dev.waybill.server.alert;

import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.AlertRule.Condition.Failed;
import dev.waybill.server.alert.AlertRule.Condition.Rejected;
import dev.waybill.server.alert.AlertRule.Condition.Runs;
import dev.waybill.server.alert.AlertRule.Condition.Silent;
import dev.waybill.server.alert.Standing.Happening;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Query.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at the runs of a flow since the last look, and says what is to be told. Everything that it
/// remembers is in the [WatchedRule], so that any process can go on at any time.
record Lookout(Catalog catalog) {

  private static final String COMPLETED = "metrics.durationSummary.completedAtUTC";

  /// Runs that are looked at in one go; the others at the next.
  private static final int MOST = 200;

  /// What is to be told, and of which run.
  ///
  /// @param run null if it is of none
  record Finding(Happening happening, Instant at, @Nullable FlowRun run) {}

  /// How a rule stands after a look.
  record Look(WatchedRule after, List<Finding> findings) {}

  Look look(WatchedRule rule, Flow flow, Instant now) {
    Progress progress = new Progress(rule);
    for (FlowRun run : runsSince(rule)) {
      progress.saw(run);
    }
    if (rule.rule().condition() instanceof Silent silent) {
      // A flow that is not to run is silent for good reason.
      boolean quiet = flow.enabled() && lastEnd(rule, silent).plus(silent.time()).isBefore(now);
      progress.take(quiet ? progress.standing.holds(now) : progress.standing.holdsNot(), now, null);
    } else if (progress.standing.raisedAt() != null) {
      progress.take(progress.standing.holds(now), now, progress.last);
    }
    return new Look(progress.after(), progress.findings);
  }

  private List<FlowRun> runsSince(WatchedRule rule) {
    var query =
        new Query(List.of(), COMPLETED, MOST, null)
            .where("flowId", Comparison.EQUAL, rule.flow())
            .where(COMPLETED, Comparison.AT_LEAST, Long.toString(rule.seenAt().toEpochMilli()));
    return catalog.runs(rule.tenant(), query).items().stream()
        .filter(run -> run.state().isOver() && isNew(run, rule))
        .toList();
  }

  /// Those that end in the same millisecond are in the order of their ids.
  private static boolean isNew(FlowRun run, WatchedRule rule) {
    Instant end = run.completedAt();
    return end != null && (end.isAfter(rule.seenAt()) || run.id().compareTo(rule.seenRun()) > 0);
  }

  private Instant lastEnd(WatchedRule rule, Silent silent) {
    var query =
        new Query(List.of(), "-" + COMPLETED, 1, null)
            .where("flowId", Comparison.EQUAL, rule.flow())
            .where(COMPLETED, Comparison.AT_LEAST, Long.toString(rule.createdAt().toEpochMilli()));
    if (silent.runs() == Runs.SUCCESSFUL) {
      query = query.where("metrics.statusSummary.status", Comparison.EQUAL, "success");
    }
    return catalog.runs(rule.tenant(), query).items().stream()
        .map(FlowRun::completedAt)
        .filter(end -> end != null)
        .findFirst()
        .orElse(rule.createdAt());
  }

  /// One rule on its way through the runs.
  private static final class Progress {

    private final WatchedRule rule;
    private final List<Finding> findings = new ArrayList<>();
    private Standing standing;
    private Instant seenAt;
    private String seenRun;
    private @Nullable FlowRun last;

    Progress(WatchedRule rule) {
      this.rule = rule;
      this.standing = rule.standing();
      this.seenAt = rule.seenAt();
      this.seenRun = rule.seenRun();
    }

    void saw(FlowRun run) {
      Instant end = run.completedAt() == null ? seenAt : run.completedAt();
      seenAt = end;
      seenRun = run.id();
      Condition condition = rule.rule().condition();
      boolean cancelled = run.cancelling() && run.state() == FlowRun.State.FAILED;
      if (condition instanceof Silent || cancelled) {
        return;
      }
      last = run;
      take(holds(condition, run) ? standing.holds(end) : standing.holdsNot(), end, run);
    }

    private static boolean holds(Condition condition, FlowRun run) {
      return switch (condition) {
        case Failed() -> run.state() == FlowRun.State.FAILED;
        case Rejected(double percent) ->
            run.counts().read() > 0
                && 100.0 * run.counts().rejected() > percent * run.counts().read();
        case Silent silent -> false;
      };
    }

    void take(Standing.Step step, Instant at, @Nullable FlowRun run) {
      standing = step.standing();
      if (step.happening() != null) {
        findings.add(new Finding(step.happening(), at, run));
      }
    }

    WatchedRule after() {
      return new WatchedRule(
          rule.tenant(),
          rule.flow(),
          rule.rule(),
          rule.createdAt(),
          standing,
          seenAt,
          seenRun,
          rule.version());
    }
  }
}
