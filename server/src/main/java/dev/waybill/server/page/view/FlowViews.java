package dev.waybill.server.page.view;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.FlowsFolder;
import dev.waybill.server.work.Works;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the pages of flows show. Safe for use by many threads.
public final class FlowViews {

  private static final int FLOWS_A_PAGE = 50;
  private static final int RUNS_A_PAGE = 25;
  private static final int STRIP = 20;
  private static final int MOST_REASONS = 20;

  private final Catalog catalog;
  private final Works works;
  private final InstantSource clock;

  public FlowViews(Catalog catalog, Works works, InstantSource clock) {
    this.catalog = catalog;
    this.works = works;
    this.clock = clock;
  }

  /// The flows of a sandbox, by name.
  public FlowsView flows(Tenant tenant, @Nullable String after) {
    Page<Flow> page = catalog.flows(tenant, new Query(List.of(), "name", FLOWS_A_PAGE, after));
    List<FlowCard> cards = page.items().stream().map(this::card).toList();
    return new FlowsView(
        new Listing<>(cards, Links.after("/flows", page.next()), after == null),
        cards.stream().anyMatch(card -> card.underWay() != null));
  }

  /// A flow with its runs.
  ///
  /// @param alerts null where the service has none
  public Optional<FlowView> flow(
      Tenant tenant, String id, @Nullable String after, @Nullable Alerts alerts) {
    return catalog.flow(tenant, id).map(flow -> view(flow, after, alerts));
  }

  private FlowView view(Flow flow, @Nullable String after, @Nullable Alerts alerts) {
    Instant now = clock.instant();
    Page<FlowRun> runs = catalog.runs(flow.tenant(), ofFlow(flow, RUNS_A_PAGE, after));
    Listing<RunLine> lines =
        new Listing<>(
            runs.items().stream().map(run -> RunLine.of(run, null, now)).toList(),
            Links.after("/flows/" + flow.id(), runs.next()),
            after == null);
    List<FlowView.Part> settings = List.of();
    String yaml = flow.job();
    try {
      Job job = JobWords.job(flow);
      settings = JobWords.settings(job);
      yaml = JobYaml.text(job.tree());
    } catch (UserException e) {
      settings =
          List.of(
              new FlowView.Part(
                  "This job can not be read",
                  List.of(new FlowView.Setting("why", String.valueOf(e.getMessage())))));
    }
    return new FlowView(
        card(flow),
        FlowsFolder.complaint(flow),
        JobWords.judged(flow),
        settings,
        yaml,
        lines,
        flow.options().errorDiagnosticsEnabled() ? reasons(flow, now) : List.of(),
        Moment.of(flow.stamp().updatedAt(), now),
        flow.stamp().updatedBy(),
        alerts == null ? null : AlertsView.of(alerts, flow, now));
  }

  private List<FlowReasonRow> reasons(Flow flow, Instant now) {
    return works.reasons(flow).stream()
        .limit(MOST_REASONS)
        .map(reason -> FlowReasonRow.of(reason, now))
        .toList();
  }

  private static Query ofFlow(Flow flow, int limit, @Nullable String after) {
    return new Query(List.of(), "-createdAt", limit, after)
        .where("flowId", Query.Comparison.EQUAL, flow.id());
  }

  private FlowCard card(Flow flow) {
    Instant now = clock.instant();
    List<FlowRun> runs = catalog.runs(flow.tenant(), ofFlow(flow, STRIP, null)).items();
    long most = runs.stream().mapToLong(run -> run.counts().read()).max().orElse(0);
    String source = "";
    String destination = "";
    try {
      Job job = JobWords.job(flow);
      source = JobWords.source(job);
      destination = JobWords.destination(job);
    } catch (UserException e) {
      source = "a job that can not be read";
    }
    return new FlowCard(
        flow.id(),
        flow.name(),
        flow.description(),
        flow.enabled(),
        source,
        destination,
        JobWords.schedule(flow.schedule()),
        flow.enabled()
            ? catalog.nextDue(flow).map(due -> Moment.toCome(due, now)).orElse(null)
            : null,
        runs.reversed().stream().map(run -> RunChip.of(run, most, now)).toList(),
        runs.stream()
            .filter(run -> !run.state().isOver())
            .map(FlowRun::id)
            .findFirst()
            .orElse(null),
        runs.isEmpty() ? null : RunLine.of(runs.getFirst(), null, now),
        flow.folderFile());
  }
}
