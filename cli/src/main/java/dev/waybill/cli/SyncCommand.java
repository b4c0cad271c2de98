package dev.waybill.cli;

import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sync",
    customSynopsis = "waybill sync JOB|SOURCE... [OPTIONS]",
    header = "Keep a destination equal to a source, by key: send what changed.",
    description = {
      "",
      "Sends the records that are new, that have changed since the destination accepted them, and"
          + " that it did not accept before, with the source's data of today; and nothing else. What"
          + " is known of each key stands in the ledger: see 'waybill state'.",
      "",
      "JOB is a job file (.yaml, .yml or .json). SOURCE is a file, or a database with --from-table or"
          + " --query.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Keep a table equal to a query, and delete what left it",
      "    waybill sync postgresql://me@localhost/shop --query 'select id, email from customer' \\",
      "      --key id --to sqlite:crm.db --table customer --mode mirror",
      "  What would be done, and nothing sent",
      "    waybill sync customers.job.yaml --dry-run",
      "  All records once more",
      "    waybill sync customers.job.yaml --full",
      "",
      "Exit codes are those of 'waybill load'."
    })
final class SyncCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(
      arity = "1..*",
      paramLabel = "JOB|SOURCE",
      description = "A job file, or what to read.")
  private List<String> sources = List.of();

  @Mixin private JobFlags job = new JobFlags();

  @ArgGroup(validate = false, order = 5, heading = "%nHow they are kept equal:%n")
  private SyncFlags sync = new SyncFlags();

  @ArgGroup(validate = false, order = 9, heading = "%nWhat is shown and left:%n")
  private OutputFlags output = new OutputFlags();

  @ArgGroup(validate = false, order = 10, heading = "%nWhere it is written down:%n")
  private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    String first = sources.getFirst();
    boolean isJob = isJobFile(first);
    JobSettings settings = isJob ? JobFile.read(Path.of(first)) : new JobSettings();
    settings.files(isJob ? sources.subList(1, sources.size()) : sources);
    job.into(settings);
    sync.into(settings);
    output.into(settings);
    settings.sync();
    return new Conduct(waybill.console(), output, books).of(settings.job()).code;
  }

  /// A database's address may end like one.
  private static boolean isJobFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.contains("://")
        && (lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json"));
  }
}
