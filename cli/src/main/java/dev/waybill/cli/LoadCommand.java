package dev.waybill.cli;

import dev.waybill.flow.job.JobSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "load",
    customSynopsis = "waybill load FILE... --to DESTINATION [OPTIONS]",
    header = "Deliver files into a destination, and account for every record.",
    description = {
      "",
      "Reads FILE… (CSV or JSON Lines, plain or gzip; - for standard input; 'data/*.csv' for many)"
          + " and delivers each record to DESTINATION in batches. Every record ends as delivered,"
          + " rejected (with the destination's reason), unknown (it may have arrived) or unprocessed"
          + " (it certainly did not).",
      "",
      "Three files are left in the output directory: success names what was delivered; fail has the"
          + " rejected rows with their reasons, and can be corrected and loaded again; retry has the"
          + " rows that are unknown or unprocessed, byte for byte, and is only there if there are"
          + " any.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Load a CSV file into a table of an SQLite file",
      "    waybill load contacts.csv --to sqlite:contacts.db",
      "  See the first call without making it",
      "    waybill load contacts.csv --to https://api.example.com/contacts --dry-run",
      "  At most 4 calls a second, and no more than 1 %% rejected",
      "    waybill load contacts.csv --to sqlite:contacts.db --rate 4 --fail-after 1%%",
      "  From standard input, the first thousand records, two columns renamed",
      "    zcat big.csv.gz | waybill load - --format csv --limit 1000 --to sqlite:big.db \\",
      "      --table people --map email=E-Mail --map city=Town",
      "",
      "Exit codes:",
      "  0  all records were delivered",
      "  1  some were not; the files say which and why",
      "  2  wrong usage or configuration; nothing was sent",
      "  3  the run was given up: by its limits, by a signal, or because the input could not be read"
          + " or the files not be written",
      "",
      "Ctrl-C once ends the run in good order: calls under way are waited for and the files are"
          + " complete. Twice ends it at once: what is under way becomes unknown."
    })
final class LoadCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "What to read; - for standard input.")
  private List<String> files = List.of();

  @Mixin private JobFlags job = new JobFlags();

  @ArgGroup(validate = false, order = 9, heading = "%nWhat is shown and left:%n")
  private OutputFlags output = new OutputFlags();

  @ArgGroup(validate = false, order = 10, heading = "%nWhere it is written down:%n")
  private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    var settings = new JobSettings();
    settings.files(files);
    job.into(settings);
    output.into(settings);
    return new Conduct(waybill.console(), output, books).of(settings.job()).code;
  }
}
