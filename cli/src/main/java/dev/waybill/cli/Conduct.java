package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.cli.job.Job;
import dev.waybill.cli.launch.Connectors;
import dev.waybill.cli.launch.Launch;
import dev.waybill.cli.view.Account;
import dev.waybill.cli.view.Glance;
import dev.waybill.cli.view.Glance.Ending;
import dev.waybill.cli.view.JsonAccount;
import dev.waybill.cli.view.Lookout;
import dev.waybill.cli.view.Outcome;
import dev.waybill.cli.view.Pulse;
import dev.waybill.delivery.Tally;
import dev.waybill.files.RunFiles;
import dev.waybill.run.Progress;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Conducts a job from its settings to its account: shows how it comes on, and ends it when the
/// user wants that.
///
/// @param output what is to be shown
record Conduct(Console console, OutputFlags output) {

  /// Does the job.
  ///
  /// @throws dev.waybill.UserException if it can not begin; then nothing was sent
  ExitCode of(Job job) {
    try (Launch launch = Launch.open(job, Connectors.found())) {
      if (!output.quiet) {
        launch.notes().forEach(console.err()::println);
      }
      if (output.dryRun) {
        console.out().println(launch.preview().stripTrailing());
        return ExitCode.ALL_DELIVERED;
      }
      return run(launch);
    }
  }

  private ExitCode run(Launch launch) {
    RunFiles files = launch.files(Instant.now());
    Report report;
    try (files) {
      Run<Fields> run = launch.run(files);
      var signals = new AtomicInteger();
      Signals.onEnding(() -> end(run, signals.incrementAndGet()));
      report = watched(launch, run, signals);
    }
    ExitCode code = ExitCode.of(report);
    show(Outcomes.of(launch, report, files.summary(), code));
    return code;
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
    String input = launch.job().files().getFirst();
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

  private void show(Outcome outcome) {
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
