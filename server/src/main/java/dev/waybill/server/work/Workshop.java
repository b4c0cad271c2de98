package dev.waybill.server.work;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.launch.Piece;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.ledger.ItemPage;
import dev.waybill.ledger.ItemQuery;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.run.LiveStanding;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Run;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where runs are made: by this process, and by others that share catalog and ledger.
public final class Workshop implements Works, AutoCloseable {

  /// How long runs under way are waited for when the service ends.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Catalog catalog;
  private final Ledger ledger;
  private final Connectors connectors;
  private final Jobs jobs;
  private final Clock clock;
  private final Worker worker;
  private final SourceRows rows;

  private Workshop(Catalog catalog, Ledger ledger, WorkSettings settings, Clock clock) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.connectors = Connectors.found();
    this.jobs = new Jobs(settings);
    this.clock = clock;
    this.worker =
        new Worker(new Execution.Tools(catalog, ledger, connectors, jobs, clock), settings);
    this.rows = new SourceRows(catalog, ledger, connectors, jobs);
  }

  /// Begins to work: goes on with what was left unfinished, and takes what is queued.
  ///
  /// @param clock that of the catalog
  public static Workshop open(Catalog catalog, Ledger ledger, WorkSettings settings, Clock clock) {
    var workshop = new Workshop(catalog, ledger, settings, clock);
    workshop.worker.start();
    return workshop;
  }

  /// What clients may connect to: what there is, but for files that they may not use.
  public Connectors connectors() {
    return connectors.guardedBy(jobs::place);
  }

  @Override
  public FlowRun start(Flow flow, FlowRun.Trigger trigger, String by, String client) {
    if (!flow.enabled()) {
      throw new UserException(
          "The flow " + flow.name() + " is disabled; enable it first, then run it.");
    }
    List<FlowRun> unfinished = catalog.unfinished(flow);
    if (!unfinished.isEmpty()) {
      throw new UserException(
          "A run of this flow is not over yet (%s); wait for its end, or cancel it."
              .formatted(unfinished.getFirst().id()));
    }
    return catalog.enqueue(queued(flow, null, trigger, by, client));
  }

  private FlowRun queued(
      Flow flow, @Nullable String parent, FlowRun.Trigger trigger, String by, String client) {
    Instant now = clock.instant();
    return new FlowRun(
        Run.newName(),
        flow.tenant(),
        flow.id(),
        flow.stamp().version(),
        parent,
        trigger,
        FlowRun.State.QUEUED,
        null,
        null,
        FlowRun.Counts.NONE,
        null,
        false,
        Stamp.first(now, by, client));
  }

  @Override
  public FlowRun retrigger(FlowRun run, String by, String client) {
    FlowRun latest = catalog.run(run.tenant(), run.id()).orElse(run);
    Flow flow =
        catalog
            .flow(run.tenant(), run.flowId())
            .orElseThrow(() -> new UserException("The flow of run " + run.id() + " was removed."));
    return new Retriggering(catalog, ledger)
        .retrigger(
            latest, parent -> queued(flow, parent.id(), FlowRun.Trigger.RETRIGGER, by, client));
  }

  @Override
  public void cancel(FlowRun run) {
    FlowRun latest = catalog.run(run.tenant(), run.id()).orElse(run);
    if (latest.state().isOver()) {
      throw new UserException("Run " + run.id() + " is over, there is nothing to cancel.");
    }
    catalog.cancel(latest);
    worker.call();
  }

  @Override
  public Optional<FlowRun> look(Tenant tenant, String id) {
    Optional<FlowRun> run = catalog.run(tenant, id);
    if (run.isEmpty() || run.get().state().isOver()) {
      return run;
    }
    return run.map(row -> worker.live(id).map(live -> row.with(live.now().counts())).orElse(row));
  }

  @Override
  public Optional<LiveStanding> standing(FlowRun run) {
    return worker.live(run.id()).flatMap(underWay -> underWay.doing().standing());
  }

  @Override
  public List<ReasonDigest.Group> reasons(FlowRun run) {
    Optional<List<ReasonDigest.Group>> live = worker.live(run.id()).flatMap(UnderWay::reasons);
    if (live.isPresent()) {
      return live.get();
    }
    return ledger.run(run.id()).isPresent() ? ledger.reasons(run.id()) : List.of();
  }

  @Override
  public List<FlowReason> reasons(Flow flow) {
    return new FlowReasons(catalog, ledger).of(flow);
  }

  @Override
  public Page<ItemRecord> records(
      FlowRun run,
      Set<Disposition> dispositions,
      @Nullable String code,
      @Nullable String text,
      int limit,
      @Nullable String after) {
    if (ledger.run(run.id()).isEmpty()) {
      return new Page<>(List.of(), null);
    }
    var query = new ItemQuery(dispositions, code, text, ordinal(after), limit);
    ItemPage page = ledger.page(run.id(), query);
    return new Page<>(page.items(), page.next() == 0 ? null : Long.toString(page.next()));
  }

  private static long ordinal(@Nullable String after) {
    try {
      return after == null ? 0 : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new UserException(
          "This continuation token was not given out for a list of records; begin at the first"
              + " page.",
          e);
    }
  }

  @Override
  public List<Row> rows(FlowRun run, List<Long> ordinals) {
    return rows.of(run, ordinals);
  }

  @Override
  public Optional<Path> artifact(FlowRun run, Artifact kind) {
    Path directory = jobs.directory(run.id());
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    String prefix = kind.name().toLowerCase(Locale.ROOT) + "_";
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Check check(Tenant tenant, String job) {
    Job checked = jobs.of(job);
    if (LiveLaunch.isLive(checked, connectors)) {
      try (LiveLaunch launch = LiveLaunch.open(checked, connectors, jobs.permits(tenant))) {
        var notes = new ArrayList<>(launch.notes());
        notes.add("Live: goes on until it is cancelled. Sent as " + launch.policyInWords() + ".");
        return new Check(notes, List.of(), launch.preview());
      }
    }
    try (Launch launch =
        Launch.open(checked, connectors, Piece.of(checked), jobs.permits(tenant))) {
      var notes = new ArrayList<>(launch.notes());
      launch.tableName().ifPresent(table -> notes.add("Records go into the table " + table + "."));
      notes.add("Sent as " + launch.policyInWords() + ".");
      return new Check(notes, launch.columns(), launch.preview().stripTrailing());
    }
  }

  /// Takes no more runs, waits a little for those under way, and gives back the rest, for the next
  /// process to go on with.
  @Override
  public void close() {
    boolean over = worker.drain(PATIENCE);
    if (!over) {
      // Their journals are closed, so that they count as interrupted from now on.
      ledger.close();
    }
    worker.close();
  }
}
