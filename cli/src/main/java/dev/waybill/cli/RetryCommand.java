package dev.waybill.cli;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.cli.Conduct.Conducted;
import dev.waybill.flow.books.Leftovers;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.books.Taken;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.launch.Launch;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "retry",
    customSynopsis = "waybill retry RUN [OPTIONS]",
    header = "Send what a run did not deliver, as a new run.",
    description = {
      "",
      "Sends the records of RUN that ended as unknown or unprocessed, out of the same input and with"
          + " the same options. If the destination calls a record a duplicate of which RUN could not"
          + " say whether it had arrived, then it had, and counts as delivered.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  waybill retry last",
      "  Until all is settled, with waits from 1 second to 5 minutes between the runs",
      "    waybill retry 6a1e0c52 --until-settled",
      "  Only what was certainly not applied",
      "    waybill retry 6a1e0c52 --only unprocessed",
      "",
      "Exit codes: as those of 'waybill load', for the last run that was made."
    })
final class RetryCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(paramLabel = "RUN", description = "The beginning of the run's id, or last.")
  private String run = "";

  @Option(
      names = "--include",
      paramLabel = "rejected",
      description = "Send the rejected records too, once the destination takes them.")
  private @Nullable String include;

  @Option(
      names = "--only",
      paramLabel = "unknown|unprocessed|rejected",
      description = "Send the records only that ended like this.")
  private @Nullable String only;

  @Option(
      names = "--until-settled",
      description =
          "Retry what the retry leaves over, and so on, until no record is unknown or unprocessed,"
              + " or ten rounds brought nothing.")
  private boolean untilSettled;

  @Option(
      names = "--max-rounds",
      paramLabel = "N",
      description = "With --until-settled: at most so many runs (default: no limit).")
  private @Nullable Integer maxRounds;

  @ArgGroup(validate = false, order = 1, heading = "%nWhere it goes:%n")
  private DestinationFlags destination = new DestinationFlags();

  @ArgGroup(validate = false, order = 2, heading = "%nHow it is delivered:%n")
  private PolicyFlags policy = new PolicyFlags();

  @ArgGroup(validate = false, order = 9, heading = "%nWhat is shown and left:%n")
  private OutputFlags output = new OutputFlags();

  @ArgGroup(validate = false, order = 10, heading = "%nWhere it is written down:%n")
  private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() throws InterruptedException {
    if (maxRounds != null && maxRounds < 1) {
      throw new UserException("--max-rounds takes a whole number from 1 on.");
    }
    Set<Disposition> dispositions = dispositions();
    try (Ledger ledger = books.open()) {
      RunRecord parent = ledger.find(run);
      var rounds = new Rounds(maxRounds == null ? Integer.MAX_VALUE : maxRounds);
      while (true) {
        Conducted done = round(ledger, parent, dispositions);
        if (done == null) {
          return ExitCode.ALL_DELIVERED.code;
        }
        if (!untilSettled || done.id() == null || done.signals() > 0) {
          return done.code().code;
        }
        parent = ledger.find(done.id());
        dispositions.remove(Disposition.REJECTED);
        long left = Leftovers.of(ledger, parent, dispositions, null).wanted().count();
        if (left == 0 || !rounds.another(left, waybill.console(), output.quiet)) {
          return done.code().code;
        }
      }
    }
  }

  /// A round; null if it was only to be looked at.
  private @Nullable Conducted round(
      Ledger ledger, RunRecord parent, Set<Disposition> dispositions) {
    Taken taken = Taken.ofEnded(parent);
    unfinished(ledger, taken);
    StoredJob stored = StoredJob.read(taken.shortId(), parent.header().job());
    Job job = taken.again(stored.with(this::flags));
    Leftovers leftovers = Leftovers.of(ledger, parent, dispositions, null);
    if (leftovers.wanted().isEmpty()) {
      throw nothing(ledger, taken, dispositions);
    }
    var conduct = new Conduct(waybill.console(), output, books);
    try (Launch launch = Launch.open(job, Taken.connectors(ledger), taken.piece(leftovers))) {
      conduct.notes(launch);
      if (output.dryRun) {
        conduct.preview(launch);
        return null;
      }
      return conduct.begin(launch, ledger, new Again(parent.id(), dispositions, leftovers));
    }
  }

  private void flags(JobSettings settings) {
    destination.into(settings);
    policy.into(settings);
    output.into(settings);
  }

  private static void unfinished(Ledger ledger, Taken parent) {
    for (RunRecord retry : ledger.lineage(parent.record().id()).retries()) {
      switch (retry.status()) {
        case RUNNING, INTERRUPTED ->
            throw new UserException(
                "A retry of run "
                    + parent.shortId()
                    + " is not over: go on with it, by: waybill resume "
                    + new Taken(retry).shortId());
        case FINISHED, GIVEN_UP -> {}
      }
    }
  }

  private static UserException nothing(Ledger ledger, Taken parent, Set<Disposition> dispositions) {
    List<RunRecord> retries = ledger.lineage(parent.record().id()).retries();
    String kinds =
        String.join(
            " or ",
            dispositions.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList());
    return new UserException(
        retries.isEmpty()
            ? "Run " + parent.shortId() + " left no record " + kinds + ", so nothing is to be sent."
            : "What run "
                + parent.shortId()
                + " left was taken up by run "
                + new Taken(retries.getLast()).shortId()
                + ": retry that one.");
  }

  private Set<Disposition> dispositions() {
    var dispositions = EnumSet.of(Disposition.UNKNOWN, Disposition.UNPROCESSED);
    if (only != null) {
      dispositions = EnumSet.of(disposition("--only", only));
    }
    if (include != null) {
      if (!include.equals("rejected")) {
        throw new UserException("--include takes rejected, not '" + include + "'.");
      }
      dispositions.add(Disposition.REJECTED);
    }
    return dispositions;
  }

  private static Disposition disposition(String flag, String text) {
    return switch (text) {
      case "unknown" -> Disposition.UNKNOWN;
      case "unprocessed" -> Disposition.UNPROCESSED;
      case "rejected" -> Disposition.REJECTED;
      default ->
          throw new UserException(
              flag + " takes unknown, unprocessed or rejected, not '" + text + "'.");
    };
  }
}
