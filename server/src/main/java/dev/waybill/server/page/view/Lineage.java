package dev.waybill.server.page.view;

import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The chain of retries that a run belongs to.
final class Lineage {

  /// A longer chain is shown from here on; nobody reads more.
  private static final int MOST = 50;

  private final Catalog catalog;

  Lineage(Catalog catalog) {
    this.catalog = catalog;
  }

  /// All runs of its chain, the first one first; empty if it is alone.
  List<RunView.Step> of(FlowRun run, Instant now) {
    FlowRun first = run;
    for (int i = 0; i < MOST && first.parent() != null; i++) {
      Optional<FlowRun> parent = catalog.run(run.tenant(), first.parent());
      if (parent.isEmpty()) {
        break;
      }
      first = parent.get();
    }
    var steps = new ArrayList<RunView.Step>();
    add(first, 0, run, now, steps);
    return steps.size() == 1 ? List.of() : List.copyOf(steps);
  }

  private void add(FlowRun run, int depth, FlowRun shown, Instant now, List<RunView.Step> steps) {
    if (steps.size() == MOST) {
      return;
    }
    boolean isThis = run.id().equals(shown.id());
    FlowRun latest = isThis ? shown : run;
    steps.add(
        new RunView.Step(
            run.id(),
            Wording.shortened(run.id()),
            Outcome.of(latest),
            RunChip.told(latest),
            Moment.of(run.stamp().createdAt(), now),
            depth,
            isThis));
    for (FlowRun retry : catalog.retries(run)) {
      add(retry, depth + 1, shown, now, steps);
    }
  }
}
