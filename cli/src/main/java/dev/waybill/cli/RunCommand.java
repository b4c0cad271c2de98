package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.live.LiveLaunch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "run",
    customSynopsis = "waybill run JOB [FILE...] [OPTIONS]",
    header = "Do what a job file says.",
    description = {
      "",
      "A job file (YAML or JSON) says what 'waybill load' is told by flags: source, destination,"
          + " mapping and policy. Flags and files given here override it. Paths in it are relative"
          + " to the current directory, as on the command line.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Do a job",
      "    waybill run contacts.job.yaml",
      "  The same job for another file, more slowly",
      "    waybill run contacts.job.yaml more-contacts.csv --rate 1",
      "  The same job on a Flink cluster",
      "    waybill run contacts.job.yaml --on flink://localhost:8081",
      "",
      "The form of job files is in docs/job-files.md, and for editors in docs/job.schema.json.",
      "Exit codes are those of 'waybill load'."
    })
final class RunCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job file.")
  private @Nullable Path jobFile;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE",
      description = "What to read, in place of the job's files.")
  private List<String> files = List.of();

  @Option(
      names = "--on",
      paramLabel = "PLACE",
      order = 8,
      description =
          "Do it on a Flink cluster: flink://HOST:PORT, or flink:local for one inside this process;"
              + " ?parallelism=N behind it.")
  private @Nullable String on;

  @Mixin private JobFlags job = new JobFlags();

  @ArgGroup(validate = false, order = 5, heading = "%nHow a keyed flow is kept equal:%n")
  private SyncFlags sync = new SyncFlags();

  @ArgGroup(validate = false, order = 9, heading = "%nWhat is shown and left:%n")
  private OutputFlags output = new OutputFlags();

  @ArgGroup(validate = false, order = 10, heading = "%nWhere it is written down:%n")
  private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    JobSettings settings = jobFile == null ? new JobSettings() : JobFile.read(jobFile);
    settings.files(files);
    job.into(settings);
    sync.into(settings);
    output.into(settings);
    Job wanted = settings.job();
    var conduct = new Conduct(waybill.console(), output, books);
    if (on == null) {
      return conduct.of(wanted).code;
    }
    if (LiveLaunch.isLive(wanted, Connectors.found())) {
      throw new UserException(
          "A live flow is run where its ledger is, and not on " + on + ": leave out --on.");
    }
    if (wanted.isSync()) {
      throw new UserException(
          "A keyed flow is run where its ledger is, and not on " + on + ": leave out --on.");
    }
    if (wanted.isLive()) {
      throw new UserException(
          "A live flow is run where its ledger is, and not on "
              + on
              + ": leave out --on, or the part live of the job, to deliver what its source holds now.");
    }
    return new Elsewhere(conduct, on).of(wanted).code;
  }
}
