package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.cli.view.Account;
import dev.waybill.cli.view.Glance;
import dev.waybill.cli.view.Glance.Ending;
import dev.waybill.cli.view.Lookout;
import dev.waybill.cli.view.Pulse;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.live.LiveLife;
import dev.waybill.ledger.Ledger;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Progress;
import dev.waybill.run.Report;
import dev.waybill.spi.Permits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Conducts a live flow: shows how it comes on, until the user wants it to end.
///
/// @param output what is to be shown
/// @param books where it is written down
record LiveConduct(Console console, OutputFlags output, LedgerFlags books) {

  /// Runs the flow.
  ///
  /// @throws dev.waybill.UserException if it can not begin; then nothing was sent
  ExitCode of(Job job, Connectors connectors) {
    try (LiveLaunch launch = LiveLaunch.open(job, connectors, Permits.everything())) {
      if (!output.quiet) {
        launch.notes().forEach(console.err()::println);
      }
      if (output.dryRun) {
        console.out().println(launch.preview().stripTrailing());
        return ExitCode.ALL_DELIVERED;
      }
      try (Ledger ledger = books.open();
          LiveLife life = LiveLife.begun(ledger, launch, Instant.now())) {
        return live(launch, life);
      }
    }
  }

  private ExitCode live(LiveLaunch launch, LiveLife life) {
    if (!output.quiet) {
      console
          .err()
          .println(
              "Flow "
                  + launch.flow()
                  + ", run "
                  + life.shortId()
                  + (life.goesOn() ? ", goes on where it broke off" : "")
                  + "; Ctrl-C stops it");
    }
    Report report = execute(launch, life.run(launch, null));
    boolean goesOn = LiveLife.canGoOn(report);
    if (!goesOn) {
      life.end(report, JsonAccount.of(outcome(launch, life, report, false)));
    }
    Report whole = life.whole(report);
    ExitCode code = ExitCode.of(whole);
    show(outcome(launch, life, whole, goesOn));
    return code;
  }

  private Outcome outcome(LiveLaunch launch, LiveLife life, Report report, boolean goesOn) {
    return new Outcome(
        launch.job(),
        report,
        List.of(),
        next(life, report, goesOn),
        ExitCode.of(report).code,
        Optional.of(life.shortId()));
  }

  private Optional<String> next(LiveLife life, Report report, boolean goesOn) {
    Tally tally = report.tally();
    if (goesOn) {
      return Optional.of("Next: mend that and start the flow again; it goes on from here.");
    }
    if (tally.delivered() == tally.offered()) {
      return Optional.empty();
    }
    return Optional.of(
        "Next: waybill retry "
            + life.shortId()
            + books.hint()
            + (tally.rejected() > 0 ? " --include rejected" : "")
            + " sends what was parked again.");
  }

  private Report execute(LiveLaunch launch, LiveRun<Fields> run) {
    var signals = new AtomicInteger();
    Signals.onEnding(() -> end(run, signals.incrementAndGet()));
    if (output.quiet) {
      return run.execute();
    }
    var lookout = Lookout.begin(console.err(), console.errScreen(), glances(launch, run, signals));
    try {
      return run.execute();
    } finally {
      lookout.end();
    }
  }

  /// As with any run: the first signal ends it in good order, the second at once.
  private void end(LiveRun<?> run, int signals) {
    switch (signals) {
      case 1 -> {
        if (!console.errScreen().isTerminal()) {
          console.err().println("Stopping: calls under way are waited for; once more to stop now.");
        }
        run.stop();
      }
      case 2 -> run.abandon(Reason.of("it was told to stop at once"));
      default -> Runtime.getRuntime().halt(ExitCode.GIVEN_UP.code);
    }
  }

  private static Supplier<Glance> glances(
      LiveLaunch launch, LiveRun<Fields> run, AtomicInteger signals) {
    var pulse = new Pulse();
    String input = Masked.address(launch.job().files().getFirst());
    return () -> {
      Progress progress = run.progress();
      return new Glance(
          input,
          progress,
          Double.NaN,
          pulse.perSecond(progress.elapsed(), progress.tally().settled()),
          launch.callsPerSecond(),
          switch (signals.get()) {
            case 0 -> Ending.NO;
            case 1 -> Ending.STOPPING;
            default -> Ending.ABANDONING;
          },
          run.standing());
    };
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
