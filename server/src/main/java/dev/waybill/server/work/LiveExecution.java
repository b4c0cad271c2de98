package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.books.Life.Named;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.live.LiveLife;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunRecord;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Report;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.work.Execution.End;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does a run of a live flow: until somebody cancels it, or its process ends, after which the next
/// one goes on with it.
///
/// @param job the flow's
/// @param closing whether the process ends
/// @param began told when it is under way
record LiveExecution(
    Execution.Tools tools,
    FlowRun run,
    Flow flow,
    Job job,
    BooleanSupplier closing,
    Consumer<UnderWay> began) {

  /// Does it.
  ///
  /// @param record what the ledger has of it; null if it is yet to begin
  /// @throws UserException if it can not begin; it has failed then
  End execute(@Nullable RunRecord record) {
    try (LiveLaunch launch = LiveLaunch.open(job, tools.connectors(), tools.jobs().permits(flow))) {
      try (var life = begun(launch)) {
        return done(launch, life, record == null ? null : record.counts());
      }
    } catch (UserException e) {
      if (record == null || run.cancelling()) {
        throw e;
      }
      // It is under way for those who look on: source or destination will be there again.
      return new End.Interrupted(String.valueOf(e.getMessage()));
    }
  }

  private LiveLife begun(LiveLaunch launch) {
    LiveLife life = life(launch);
    if (life.id().equals(run.id())) {
      return life;
    }
    try (life) {
      giveUp(life, launch);
    }
    return life(launch);
  }

  private LiveLife life(LiveLaunch launch) {
    var name = new Named(run.id(), flow.name());
    return LiveLife.begun(tools.ledger(), launch, name, tools.clock().instant());
  }

  /// Ends a run of the flow that broke off, and that nobody will go on with: it failed by a bug,
  /// say. What it left in doubt goes to this one.
  private void giveUp(LiveLife earlier, LiveLaunch launch) {
    Optional<FlowRun> known = tools.catalog().run(run.tenant(), earlier.id());
    if (known.isPresent() && !known.get().state().isOver()) {
      throw new UserException(
          "Run "
              + earlier.id()
              + " of this flow broke off and has to be gone on with first: cancel this one.");
    }
    var nothing = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);
    var report =
        stopped(
            new Report(nothing, Duration.ZERO, Duration.ZERO, null, List.of(), null, null),
            "it broke off, and run " + run.id() + " went on");
    earlier.end(report, account(launch, earlier.whole(report), earlier.id(), 1));
  }

  private End done(LiveLaunch launch, LiveLife life, @Nullable RunCounts before) {
    var recorder =
        new Recorder(
            tools.catalog().lastCall(run), run.counts().outputBytes(), batch -> Optional.empty());
    LiveRun<Fields> live = life.run(launch, recorder);
    var underWay = new UnderWay(run, UnderWay.Doing.of(live), recorder, before);
    began.accept(underWay);
    Report report = live.execute();
    if (report.unwritten() != null) {
      return new End.Interrupted(report.unwritten());
    }
    if (report.unread() != null) {
      if (!run.cancelling()) {
        return new End.Interrupted(report.unread());
      }
      report = stopped(report, report.unread());
    }
    if (closing.getAsBoolean() && report.stopped() == null) {
      return new End.Interrupted("the service ends");
    }
    FlowRun.Counts counts = underWay.counts(report.tally());
    String failure = Judgement.of(report, counts, flow.options());
    life.end(report, account(launch, report, run.id(), failure == null ? 0 : 1));
    return new End.Over(run.over(tools.clock().instant(), counts, failure));
  }

  private static Report stopped(Report report, String why) {
    return new Report(
        report.tally(),
        report.elapsed(),
        report.throttled(),
        Reason.of(why),
        report.reasons(),
        null,
        null);
  }

  private static String account(LiveLaunch launch, Report report, String id, int exitCode) {
    return JsonAccount.of(
        new Outcome(launch.job(), report, List.of(), Optional.empty(), exitCode, Optional.of(id)));
  }
}
