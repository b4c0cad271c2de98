package dev.waybill.server.page.view;

import dev.waybill.Disposition;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.LiveStanding;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.Works;
import dev.waybill.spi.Lag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads from catalog and works what the pages of runs show. Safe for use by many threads.
///
/// Nothing here grows with the number of records: reasons come grouped, records and calls in parts.
public final class RunViews {

  private static final int RUNS_A_PAGE = 50;
  private static final int RECORDS_A_PAGE = 50;
  private static final int CALLS_A_PAGE = 25;
  private static final int LAST_CALLS = 6;

  /// How many of the latest failed calls are looked through for one that was split.
  private static final int LOOKED_THROUGH = 60;

  /// Calls in one drawing; a batch of 1,000 with some culprits needs about a hundred.
  private static final int MOST_IN_TREE = 400;

  private final Catalog catalog;
  private final Works works;
  private final Lineage lineage;
  private final InstantSource clock;

  public RunViews(Catalog catalog, Works works, InstantSource clock) {
    this.catalog = catalog;
    this.works = works;
    this.lineage = new Lineage(catalog);
    this.clock = clock;
  }

  /// The runs of a sandbox.
  ///
  /// @param state `success`, `failed`, `running`, `queued`, or empty for all
  public RunsView runs(Tenant tenant, String state, @Nullable String after) {
    Query query = new Query(List.of(), "-createdAt", RUNS_A_PAGE, after);
    if (!state.isEmpty()) {
      query = query.where("metrics.statusSummary.status", Query.Comparison.EQUAL, state);
    }
    Instant now = clock.instant();
    var names = new HashMap<String, String>();
    Page<FlowRun> page = catalog.runs(tenant, query);
    List<RunLine> lines =
        page.items().stream()
            .map(
                run ->
                    RunLine.of(
                        run, names.computeIfAbsent(run.flowId(), id -> name(tenant, id)), now))
            .toList();
    return new RunsView(
        new Listing<>(
            lines,
            Links.after("/runs" + (state.isEmpty() ? "" : "?state=" + state), page.next()),
            after == null),
        state,
        lines.stream().anyMatch(line -> line.outcome().isUnderWay()));
  }

  private String name(Tenant tenant, String flowId) {
    return catalog.flow(tenant, flowId).map(Flow::name).orElse("a removed flow");
  }

  /// A run's own page.
  public Optional<RunView> run(Tenant tenant, String id) {
    return works.look(tenant, id).map(run -> view(run));
  }

  private RunView view(FlowRun run) {
    Instant now = clock.instant();
    Optional<Flow> flow = catalog.flow(run.tenant(), run.flowId());
    boolean diagnostics = flow.map(found -> found.options().errorDiagnosticsEnabled()).orElse(true);
    return new RunView(
        RunLine.of(run, null, now),
        flow.map(Flow::name).orElse("a removed flow"),
        flow.map(Flow::enabled).orElse(false),
        Moment.maybe(run.startedAt(), now),
        Moment.maybe(run.completedAt(), now),
        rate(run, now),
        Wording.count(run.counts().calls()),
        run.counts().inputBytes() == 0 ? "" : Wording.size(run.counts().inputBytes()),
        Dispositions.of(run.counts()),
        Chart.of(catalog.samples(run)),
        diagnostics,
        diagnostics ? reasons(run) : List.of(),
        lineage.of(run, now),
        calls(run, Catalog.CallFilter.ALL, LAST_CALLS, null, now),
        split(run),
        FileLinks.of(works, run),
        Retries.of(run),
        !run.state().isOver() && !run.cancelling(),
        works.standing(run).map(RunViews::live).orElse(null));
  }

  private static RunView.Live live(LiveStanding standing) {
    Lag lag = standing.lag();
    String behind =
        !lag.isKnown()
            ? "not known yet"
            : switch (lag.unit()) {
              case RECORDS -> Wording.count(lag.behind(), "record", "records");
              case BYTES -> Wording.size(lag.behind());
            };
    return new RunView.Live(
        behind,
        Wording.count(standing.held(), "record", "records"),
        standing.held() == 0 ? "" : Wording.length(standing.oldest()));
  }

  private static String rate(FlowRun run, Instant now) {
    Duration took = RunChip.took(run, now);
    return took.toMillis() < 100 || run.counts().delivered() == 0
        ? ""
        : Wording.brief(run.counts().delivered() * 1_000.0 / took.toMillis());
  }

  private List<ReasonRow> reasons(FlowRun run) {
    List<ReasonDigest.Group> groups = works.reasons(run);
    long most = groups.stream().mapToLong(ReasonDigest.Group::count).max().orElse(0);
    var rows = new ArrayList<ReasonRow>();
    for (ReasonDigest.Group group : groups) {
      rows.add(ReasonRow.of(rows.size(), group, most, run.counts().undelivered()));
    }
    return rows;
  }

  /// Examples of one of a run's groups of reasons, with their rows.
  public List<RecordRow> examples(FlowRun run, int number) {
    List<ReasonDigest.Group> groups = works.reasons(run);
    if (number < 0 || number >= groups.size()) {
      return List.of();
    }
    ReasonDigest.Group group = groups.get(number);
    Map<Long, Works.Row> rows =
        rows(run, group.examples().stream().map(ReasonDigest.Example::ordinal).toList());
    return group.examples().stream()
        .map(
            example -> {
              Works.Row row = rows.get(example.ordinal());
              return new RecordRow(
                  example.ordinal(),
                  example.key(),
                  group.disposition().name().toLowerCase(Locale.ROOT),
                  "cross",
                  example.message(),
                  group.code(),
                  0,
                  example.line() == 0 ? "" : "line " + Wording.count(example.line()),
                  "",
                  row == null ? List.of() : RecordRow.cells(example.message(), row));
            })
        .toList();
  }

  private Map<Long, Works.Row> rows(FlowRun run, List<Long> ordinals) {
    var rows = new HashMap<Long, Works.Row>();
    if (!ordinals.isEmpty()) {
      works.rows(run, ordinals).forEach(row -> rows.put(row.ordinal(), row));
    }
    return rows;
  }

  /// A run's records that were not delivered.
  ///
  /// @param disposition empty for all
  /// @param code of their reason; empty for all
  /// @param text that their reason contains; empty for all
  public RecordsView records(
      FlowRun run, String disposition, String code, String text, @Nullable String after) {
    Page<ItemRecord> page =
        works.records(
            run,
            dispositions(disposition),
            code.isEmpty() ? null : code,
            text.isEmpty() ? null : text,
            RECORDS_A_PAGE,
            after);
    Map<Long, Works.Row> rows = rows(run, page.items().stream().map(ItemRecord::ordinal).toList());
    return new RecordsView(
        RunLine.of(run, null, clock.instant()),
        name(run.tenant(), run.flowId()),
        disposition,
        code,
        text,
        Dispositions.of(run.counts()).parts().stream().skip(1).toList(),
        new Listing<>(
            page.items().stream()
                .map(record -> RecordRow.of(record, rows.get(record.ordinal())))
                .toList(),
            Links.after(Links.records(run.id(), disposition, code, text), page.next()),
            after == null));
  }

  private static Set<Disposition> dispositions(String name) {
    return switch (name) {
      case "rejected" -> EnumSet.of(Disposition.REJECTED);
      case "unknown" -> EnumSet.of(Disposition.UNKNOWN);
      case "unprocessed" -> EnumSet.of(Disposition.UNPROCESSED);
      default -> EnumSet.of(Disposition.REJECTED, Disposition.UNKNOWN, Disposition.UNPROCESSED);
    };
  }

  /// The calls that a run made.
  public CallsView calls(FlowRun run, Catalog.CallFilter filter, @Nullable String after) {
    return new CallsView(
        RunLine.of(run, null, clock.instant()),
        name(run.tenant(), run.flowId()),
        filter == Catalog.CallFilter.FAILED,
        calls(run, filter, CALLS_A_PAGE, after, clock.instant()));
  }

  private Listing<CallRow> calls(
      FlowRun run, Catalog.CallFilter filter, int limit, @Nullable String after, Instant now) {
    Page<CallRecord> page = catalog.calls(run, filter, limit, after);
    String address =
        "/runs/" + run.id() + "/calls" + (filter == Catalog.CallFilter.FAILED ? "?failed=yes" : "");
    return new Listing<>(
        page.items().stream().map(call -> CallRow.of(call, now)).toList(),
        Links.after(address, page.next()),
        after == null);
  }

  /// A call by itself.
  public Optional<SplitView> call(FlowRun run, long number) {
    return catalog
        .calls(run, Catalog.CallFilter.ALL, 1, String.valueOf(number + 1))
        .items()
        .stream()
        .filter(call -> call.number() == number)
        .findFirst()
        .map(
            call -> {
              CallRow row = CallRow.of(call, clock.instant());
              return new SplitView(
                  RunLine.of(run, null, clock.instant()),
                  name(run.tenant(), run.flowId()),
                  row,
                  row.splits() ? tree(run, call) : null);
            });
  }

  /// Of the latest calls that were refused with several records, the one with the most.
  private RunView.@Nullable Split split(FlowRun run) {
    CallRecord largest = null;
    for (CallRecord call :
        catalog.calls(run, Catalog.CallFilter.FAILED, LOOKED_THROUGH, null).items()) {
      if (call.outcome().equals("refused")
          && call.items() > 1
          && (largest == null || call.items() >= largest.items())) {
        largest = call;
      }
    }
    SplitTree tree = largest == null ? null : tree(run, largest);
    return largest == null || tree == null ? null : new RunView.Split(largest.number(), tree);
  }

  private @Nullable SplitTree tree(FlowRun run, CallRecord call) {
    return SplitTree.of(call, catalog.callsOver(run, call.first(), call.last(), MOST_IN_TREE));
  }
}
