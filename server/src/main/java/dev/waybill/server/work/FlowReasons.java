package dev.waybill.server.work;

import dev.waybill.Disposition;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.ReasonHistory;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reckons up why records of a flow fail, and since when.
record FlowReasons(Catalog catalog, Ledger ledger) {

  /// As many as a flow has in a day that runs every half hour.
  private static final int LATEST_RUNS = 50;

  private record Likeness(Disposition disposition, @Nullable String code, String pattern) {

    static Likeness of(ReasonHistory reason) {
      return new Likeness(reason.disposition(), reason.code(), reason.pattern());
    }
  }

  /// Those that records fail for now first, the commonest first; then those that were met last.
  List<FlowReason> of(Flow flow) {
    Query latest = Query.newest(LATEST_RUNS).where("flowId", Query.Comparison.EQUAL, flow.id());
    List<String> over =
        catalog.runs(flow.tenant(), latest).items().stream()
            .filter(run -> run.state().isOver())
            .map(FlowRun::id)
            .toList();
    Map<Likeness, ReasonHistory> now = byLikeness(now(flow, over));
    Map<Likeness, ReasonHistory> histories = byLikeness(ledger.reasons(over));
    var all = new ArrayList<FlowReason>();
    histories.forEach(
        (likeness, history) -> {
          ReasonHistory here = now.remove(likeness);
          all.add(
              here == null
                  ? new FlowReason(history, 0)
                  : new FlowReason(since(history, here.firstSeen()), here.count()));
        });
    now.values().forEach(here -> all.add(new FlowReason(here, here.count())));
    all.sort(
        Comparator.comparingLong(FlowReason::now)
            .reversed()
            .thenComparing(reason -> reason.history().lastSeen(), Comparator.reverseOrder())
            .thenComparing(reason -> reason.history().pattern()));
    return all;
  }

  /// What records fail for now. In a keyed flow the state of its keys knows it, those included that
  /// are not sent at every run; records without a key are in the latest run only.
  private List<ReasonHistory> now(Flow flow, List<String> over) {
    Optional<String> latest = over.stream().filter(run -> ledger.run(run).isPresent()).findFirst();
    List<ReasonHistory> ofRun = ledger.reasons(latest.stream().toList());
    // The state of a keyed flow bears the flow's id.
    return ledger
        .state(flow.id())
        .map(
            state -> {
              var both = byLikeness(ofRun);
              both.putAll(byLikeness(state.reasons()));
              return List.copyOf(both.values());
            })
        .orElse(ofRun);
  }

  private static Map<Likeness, ReasonHistory> byLikeness(List<ReasonHistory> reasons) {
    var byLikeness = new LinkedHashMap<Likeness, ReasonHistory>();
    reasons.forEach(reason -> byLikeness.put(Likeness.of(reason), reason));
    return byLikeness;
  }

  /// A key may fail for longer than the runs that are looked at.
  private static ReasonHistory since(ReasonHistory history, Instant first) {
    return history.firstSeen().isAfter(first)
        ? new ReasonHistory(
            history.disposition(),
            history.code(),
            history.pattern(),
            history.count(),
            first,
            history.lastSeen(),
            history.lastRun(),
            history.examples())
        : history;
  }
}
