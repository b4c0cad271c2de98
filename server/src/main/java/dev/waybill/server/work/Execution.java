package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.account.Outcome.LeftFile;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.books.Life.Named;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.books.Taken;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.launch.Piece;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does one run, from where it stands to its end.
final class Execution {

  /// How it went on.
  sealed interface End {

    /// The run is over.
    record Over(FlowRun run) implements End {}

    /// It is not, and its process has to let it go.
    ///
    /// @param why in one sentence
    record Interrupted(String why) implements End {}
  }

  private final Catalog catalog;
  private final Ledger ledger;
  private final Connectors connectors;
  private final Jobs jobs;
  private final Retriggering retriggering;
  private final Clock clock;
  private final FlowRun run;
  private final Flow flow;
  private final Tools tools;
  private final BooleanSupplier closing;
  private final Consumer<UnderWay> began;

  /// @param closing whether the process ends
  /// @param began told when it is under way
  Execution(
      Tools tools, FlowRun run, Flow flow, BooleanSupplier closing, Consumer<UnderWay> began) {
    this.tools = tools;
    this.closing = closing;
    this.catalog = tools.catalog();
    this.ledger = tools.ledger();
    this.connectors = tools.connectors();
    this.jobs = tools.jobs();
    this.retriggering = new Retriggering(catalog, ledger);
    this.clock = tools.clock();
    this.run = run;
    this.flow = flow;
    this.began = began;
  }

  /// What all executions need.
  record Tools(Catalog catalog, Ledger ledger, Connectors connectors, Jobs jobs, Clock clock) {}

  /// Does it.
  ///
  /// @throws UserException if it can not begin or go on; it has failed then
  End execute() {
    Optional<RunRecord> record = ledger.run(run.id());
    if (record.isEmpty()) {
      return begin();
    }
    return switch (record.get().status()) {
      case RUNNING -> new End.Interrupted("another process works on it");
      case INTERRUPTED -> goOn(record.get());
      case FINISHED, GIVEN_UP -> new End.Over(inStep(record.get()));
    };
  }

  private End begin() {
    Job job = jobs.of(flow, run.id());
    return LiveLaunch.isLive(job, connectors) ? live(job).execute(null) : begin(job);
  }

  private End goOn(RunRecord record) {
    Job job = jobs.of(flow, run.id());
    return LiveLaunch.isLive(job, connectors) ? live(job).execute(record) : resume(record);
  }

  private LiveExecution live(Job job) {
    return new LiveExecution(tools, run, flow, job, closing, began);
  }

  private End begin(Job job) {
    // What is left of a keyed flow is known by its keys, so that a retry is a run like any other.
    Optional<Again> again = job.isSync() ? Optional.empty() : retriggering.again(run);
    Piece piece =
        again
            .map(left -> new Taken(ledger.find(left.parent())).piece(left.leftovers()))
            .orElseGet(() -> Piece.of(job));
    try (Launch launch = Launch.open(job, connectors, piece, jobs.permits(flow))) {
      Instant now = clock.instant();
      RunFiles files = launch.files(now);
      var name = new Named(run.id(), flow.name());
      try (files;
          var life = Life.begun(ledger, launch, name, again.orElse(null), files, now)) {
        return done(launch, life, files, null);
      }
    }
  }

  private End resume(RunRecord record) {
    Taken taken = Taken.ofInterrupted(record);
    StoredJob stored = StoredJob.read(taken.shortId(), record.header().job());
    Job job = stored.with(settings -> {});
    @Nullable Again again = taken.again(ledger, stored);
    Resumed<Fields> resumed = ledger.resume(record.id());
    try (Launch launch = launch(taken, job, again, resumed)) {
      RunFiles files = launch.filesOf(resumed.lengths(), clock.instant());
      try (files;
          var life = Life.resumed(ledger, resumed, again, files)) {
        return done(launch, life, files, record.counts());
      }
    }
  }

  private Launch launch(Taken taken, Job job, @Nullable Again again, Resumed<Fields> resumed) {
    try {
      Piece piece = taken.piece(job, again, resumed.recovery().from());
      return Launch.open(job, connectors, piece, jobs.permits(flow));
    } catch (RuntimeException | Error e) {
      resumed.journal().close();
      throw e;
    }
  }

  private End done(Launch launch, Life life, RunFiles files, @Nullable RunCounts before) {
    var recorder = new Recorder(catalog.lastCall(run), run.counts().outputBytes(), launch::preview);
    Run<Fields> execution = life.run(launch, files, recorder);
    var underWay = new UnderWay(run, UnderWay.Doing.of(launch, execution), recorder, before);
    began.accept(underWay);
    Report report = execution.execute();
    if (report.unwritten() != null) {
      return new End.Interrupted(report.unwritten());
    }
    FlowRun.Counts counts = underWay.counts(report.tally());
    String failure = Judgement.of(report, counts, flow.options());
    life.end(report, account(launch, report, files.summary(), failure));
    return new End.Over(run.over(clock.instant(), counts, failure));
  }

  private String account(
      Launch launch, Report report, RunFiles.Summary files, @Nullable String failure) {
    var left = new ArrayList<LeftFile>();
    left.add(new LeftFile("success", files.success(), report.tally().delivered(), ""));
    left.add(new LeftFile("fail", files.fail(), report.tally().rejected(), ""));
    if (files.retry() != null) {
      long records = report.tally().unknown() + report.tally().unprocessed();
      left.add(new LeftFile("retry", files.retry(), records, ""));
    }
    return JsonAccount.of(
        new Outcome(
            launch.job(),
            report,
            List.copyOf(left),
            Optional.empty(),
            failure == null ? 0 : 1,
            Optional.of(run.id())));
  }

  /// The ledger has it as over, and the catalog does not know yet.
  private FlowRun inStep(RunRecord record) {
    RunCounts had = record.counts();
    var counts =
        new FlowRun.Counts(
            had.settled(),
            had.delivered(),
            had.rejected(),
            had.unknown(),
            had.unprocessed(),
            had.calls(),
            run.counts().inputBytes(),
            run.counts().outputBytes());
    String failure =
        record.status() == RunStatus.GIVEN_UP
            ? "The run was ended: " + record.reason() + "."
            : Judgement.of(counts, flow.options());
    Instant at = record.finishedAt() == null ? clock.instant() : record.finishedAt();
    return run.over(at, counts, failure);
  }
}
