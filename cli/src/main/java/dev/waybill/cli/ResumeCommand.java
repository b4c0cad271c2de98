package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.books.StoredJob.Abroad;
import dev.waybill.flow.books.Taken;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.place.Places;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "resume",
    customSynopsis = "waybill resume RUN [OPTIONS]",
    header = "Go on with a run that was broken off.",
    description = {
      "",
      "Goes on where a run stopped when its process was killed, the machine lost its power or the"
          + " disk was full: with the same input, options and files. Records of calls that were under"
          + " way are sent again where that does no harm, looked up where the destination can be"
          + " asked, and else end as unknown.",
      "A run that is done on a cluster (waybill run --on) is not begun again: it is waited for, and"
          + " its receipts are brought into the ledger. If it was stopped with a savepoint, it goes on"
          + " from there by --on 'flink://HOST:PORT?savepoint=PLACE'; without one it ends where it"
          + " was stopped.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  waybill resume last",
      "  waybill resume 6a1e0c52 --rate 2",
      "  waybill resume 6a1e0c52 --on flink://localhost:8081",
      "",
      "Exit codes: as those of 'waybill load'."
    })
final class ResumeCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(paramLabel = "RUN", description = "The beginning of the run's id, or last.")
  private String run = "";

  @Option(
      names = "--on",
      paramLabel = "CLUSTER",
      description = "Where the run is done, as it was given to 'waybill run'.")
  private @Nullable String on;

  @ArgGroup(validate = false, order = 1, heading = "%nWhere it goes:%n")
  private DestinationFlags destination = new DestinationFlags();

  @ArgGroup(validate = false, order = 2, heading = "%nHow it is delivered:%n")
  private PolicyFlags policy = new PolicyFlags();

  @ArgGroup(validate = false, order = 9, heading = "%nWhat is shown:%n")
  private ShownFlags shown = new ShownFlags();

  @ArgGroup(validate = false, order = 10, heading = "%nWhere it is written down:%n")
  private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    try (Ledger ledger = books.open()) {
      RunRecord record = ledger.find(run);
      StoredJob kept = StoredJob.read(run, record.header().job());
      if (kept.abroad() != null && record.status() == RunStatus.INTERRUPTED) {
        return abroad(ledger, record, kept, kept.abroad()).code;
      }
      if (on != null) {
        throw new UserException(
            kept.abroad() == null
                ? "Run " + run + " is not one of a cluster: resume it without --on."
                : "Run "
                    + run
                    + " is over, or waited for by another program: see waybill show "
                    + run);
      }
      Taken taken = Taken.ofInterrupted(record);
      StoredJob stored = StoredJob.read(taken.shortId(), record.header().job());
      Job job =
          stored.with(
              settings -> {
                destination.into(settings);
                policy.into(settings);
              });
      @Nullable Again again = taken.again(ledger, stored);
      Resumed<Fields> resumed = ledger.resume(record.id());
      try (Launch launch = launch(ledger, job, taken, again, resumed)) {
        var conduct = new Conduct(waybill.console(), shown.asOutput(), books);
        conduct.notes(launch);
        return conduct.resume(launch, ledger, resumed, again).code().code;
      }
    }
  }

  private ExitCode abroad(Ledger ledger, RunRecord record, StoredJob stored, Abroad abroad) {
    // Each complaint must come before the run is taken, which it would leave interrupted.
    String address = on == null ? abroad.address() : on;
    Places.at(address);
    var conduct = new Conduct(waybill.console(), shown.asOutput(), books);
    Job job = stored.here();
    return new Elsewhere(conduct, address).resume(ledger, ledger.resume(record.id()), job, abroad);
  }

  private static Launch launch(
      Ledger ledger, Job job, Taken taken, @Nullable Again again, Resumed<Fields> resumed) {
    try {
      return Launch.open(
          job, Taken.connectors(ledger), taken.piece(job, again, resumed.recovery().from()));
    } catch (RuntimeException | Error e) {
      resumed.journal().close();
      throw e;
    }
  }
}
