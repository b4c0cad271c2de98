package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.cli.view.Account;
import dev.waybill.cli.view.Glance;
import dev.waybill.cli.view.Glance.Ending;
import dev.waybill.cli.view.Lookout;
import dev.waybill.cli.view.Pulse;
import dev.waybill.delivery.Tally;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.sync.PlanCounts;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.run.Progress;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Conducts a job from its settings to its account: shows how it comes on, and ends it when the
/// user wants that.
///
/// @param output what is to be shown
/// @param books where it is written down
record Conduct(Console console, OutputFlags output, LedgerFlags books) {

  /// Does the job.
  ///
  /// @throws dev.waybill.UserException if it can not begin; then nothing was sent
  ExitCode of(Job job) {
    Connectors connectors = Connectors.found();
    if (LiveLaunch.isLive(job, connectors)) {
      return new LiveConduct(console, output, books).of(job, connectors);
    }
    try (Launch launch = Launch.open(job, connectors)) {
      notes(launch);
      if (job.isSync()) {
        return sync(launch);
      }
      if (output.dryRun) {
        return preview(launch);
      }
      try (Ledger ledger = books.openIfOn()) {
        return begin(launch, ledger, null).code();
      }
    }
  }

  /// Finds out what has changed, and sends it.
  private ExitCode sync(Launch launch) {
    try (Ledger ledger = books.open()) {
      PlanCounts counts = launch.plan(ledger).orElseThrow().counts();
      if (output.dryRun) {
        console.out().println(counts.inWords());
        return ExitCode.ALL_DELIVERED;
      }
      if (!output.quiet) {
        console.err().println("Flow " + launch.flow() + ": " + counts.inWords());
      }
      return begin(launch, ledger, null).code();
    }
  }

  /// What came of a run.
  ///
  /// @param id its id; null if it was not written down
  /// @param signals how often the process was asked to end meanwhile
  record Conducted(ExitCode code, Report report, @Nullable String id, int signals) {}

  private record Executed(Report report, int signals) {}

  void notes(Launch launch) {
    if (!output.quiet) {
      launch.notes().forEach(console.err()::println);
    }
  }

  ExitCode preview(Launch launch) {
    console.out().println(launch.preview().stripTrailing());
    return ExitCode.ALL_DELIVERED;
  }

  /// Begins a run and does it.
  ///
  /// @param ledger null if it is not to be written down
  /// @param again what it is a retry of; null if it is none
  Conducted begin(Launch launch, @Nullable Ledger ledger, @Nullable Again again) {
    Instant now = Instant.now();
    RunFiles files = launch.files(now);
    try (files) {
      if (ledger == null) {
        Run<Fields> run =
            launch.run(Run.newName(), files, Journal.none(), Recovery.none(), item -> false, null);
        Executed executed = execute(launch, run);
        Report report = executed.report();
        files.flush();
        ExitCode code = ExitCode.of(report);
        show(Outcomes.of(launch, report, files.summary(), code, Optional.empty()));
        return new Conducted(code, report, null, executed.signals());
      }
      try (var life = Life.begun(ledger, launch, again, files, now)) {
        return live(launch, life, files);
      }
    }
  }

  /// Goes on with a run.
  ///
  /// @param again what it is a retry of; null if it is none
  Conducted resume(Launch launch, Ledger ledger, Resumed<Fields> resumed, @Nullable Again again) {
    RunFiles files = launch.filesOf(resumed.lengths(), Instant.now());
    try (files;
        var life = Life.resumed(ledger, resumed, again, files)) {
      return live(launch, life, files);
    }
  }

  private Conducted live(Launch launch, Life life, RunFiles files) {
    if (!output.quiet) {
      console.err().println("Run " + life.shortId());
    }
    Executed executed = execute(launch, life.run(launch, files));
    Report report = executed.report();
    boolean goesOn = Life.canGoOn(launch, report);
    var kept = new Outcomes.Kept(life.shortId(), books.hint(), goesOn, launch.canBeReadAgain());
    if (!goesOn) {
      ExitCode code = ExitCode.of(report);
      Outcome last = Outcomes.of(launch, report, files.summary(), code, Optional.of(kept));
      life.end(report, JsonAccount.of(last));
    }
    Report whole = life.whole(report);
    ExitCode code = ExitCode.of(whole);
    show(Outcomes.of(launch, whole, files.summary(), code, Optional.of(kept)));
    return new Conducted(code, whole, life.id(), executed.signals());
  }

  private Executed execute(Launch launch, Run<Fields> run) {
    var signals = new AtomicInteger();
    Signals.onEnding(() -> end(run, signals.incrementAndGet()));
    Report report = watched(launch, run, signals);
    return new Executed(report, signals.get());
  }

  private Report watched(Launch launch, Run<Fields> run, AtomicInteger signals) {
    if (output.quiet) {
      return run.execute();
    }
    Supplier<Glance> glance = glances(launch, run, signals);
    var lookout = Lookout.begin(console.err(), console.errScreen(), glance);
    try {
      return run.execute();
    } finally {
      lookout.end();
    }
  }

  /// The first signal ends the run in good order, the second at once; the third, if that hangs,
  /// ends the process without anything more.
  private void end(Run<?> run, int signals) {
    switch (signals) {
      case 1 -> {
        if (!console.errScreen().isTerminal()) {
          console.err().println("Stopping: calls under way are waited for; once more to stop now.");
        }
        run.stop(Reason.of("it was told to stop"));
      }
      case 2 -> run.abandon(Reason.of("it was told to stop at once"));
      default -> Runtime.getRuntime().halt(ExitCode.GIVEN_UP.code);
    }
  }

  private static Supplier<Glance> glances(Launch launch, Run<Fields> run, AtomicInteger signals) {
    var pulse = new Pulse();
    String input = Masked.address(launch.job().files().getFirst());
    return () -> {
      Progress progress = run.progress();
      Tally tally = progress.tally();
      return new Glance(
          input,
          progress,
          share(launch, tally),
          pulse.perSecond(progress.elapsed(), tally.settled()),
          launch.callsPerSecond(),
          switch (signals.get()) {
            case 0 -> Ending.NO;
            case 1 -> Ending.STOPPING;
            default -> Ending.ABANDONING;
          });
    };
  }

  /// Of what was read, that which has come to an end; if there is a limit, that share if it is
  /// nearer.
  private static double share(Launch launch, Tally tally) {
    double settled = tally.offered() == 0 ? 0 : (double) tally.settled() / tally.offered();
    double ofInput = launch.shareRead() * settled;
    long limit = launch.job().limit();
    if (limit == Long.MAX_VALUE) {
      return ofInput;
    }
    double ofLimit = (double) tally.settled() / limit;
    return Double.isNaN(ofInput) ? ofLimit : Math.max(ofInput, ofLimit);
  }

  void show(Outcome outcome) {
    if (output.json) {
      console.out().println(JsonAccount.of(outcome));
    } else if (!output.quiet) {
      console.out().print(Account.of(outcome, console.outScreen()));
    } else if (outcome.report().givenUp()) {
      console.err().println("waybill: " + Outcomes.complaint(outcome.report()));
    }
    console.out().flush();
  }
}
