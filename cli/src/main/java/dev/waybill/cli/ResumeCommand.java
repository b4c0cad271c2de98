package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.books.Taken;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Launch;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunRecord;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
      ""
    },
    footer = {
      "",
      "Examples:",
      "  waybill resume last",
      "  waybill resume 6a1e0c52 --rate 2",
      "",
      "Exit codes: as those of 'waybill load'."
    })
final class ResumeCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(paramLabel = "RUN", description = "The beginning of the run's id, or last.")
  private String run = "";

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

  private static Launch launch(
      Ledger ledger,
      Job job,
      Taken taken,
      @Nullable Again again,
      Resumed<Fields> resumed) {
    try {
      return Launch.open(
          job, Taken.connectors(ledger), taken.piece(job, again, resumed.recovery().from()));
    } catch (RuntimeException | Error e) {
      resumed.journal().close();
      throw e;
    }
  }
}
