package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.UserException;
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
      var name = new Named(run.id(), flow.name());
      try (var life = LiveLife.begun(tools.ledger(), launch, name, tools.clock().instant())) {
        requireThisRun(life);
        return done(launch, life, record == null ? null : record.counts());
      }
    } catch (UserException e) {
      if (record == null) {
        throw e;
      }
      // It is under way for those who look on: source or destination will be there again.
      return new End.Interrupted(String.valueOf(e.getMessage()));
    }
  }

  private void requireThisRun(LiveLife life) {
    if (!life.id().equals(run.id())) {
      throw new UserException(
          "Run "
              + life.id()
              + " of this flow broke off and has to be gone on with first: cancel this one.");
    }
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
      return new End.Interrupted(report.unread());
    }
    if (closing.getAsBoolean() && report.stopped() == null) {
      return new End.Interrupted("the service ends");
    }
    FlowRun.Counts counts = underWay.counts(report.tally());
    String failure = Judgement.of(report, counts, flow.options());
    var outcome =
        new Outcome(
            launch.job(),
            report,
            List.of(),
            Optional.empty(),
            failure == null ? 0 : 1,
            Optional.of(run.id()));
    life.end(report, JsonAccount.of(outcome));
    return new End.Over(run.over(tools.clock().instant(), counts, failure));
  }
}
