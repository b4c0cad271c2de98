package dev.waybill.cli;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the command shows and leaves.
final class OutputFlags {

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      description = "Where the success, fail and retry files go (default " + Job.USUAL_OUT + ").")
  private @Nullable String out;

  @Option(
      names = "--dry-run",
      description = "Show the first call as it would be made, and send nothing.")
  boolean dryRun;

  @Option(
      names = "--json",
      description = "Print the account as one JSON object to standard output.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress, and nothing at the end but complaints.")
  boolean quiet;

  void into(JobSettings settings) {
    settings.flag(JobKey.OUT, out);
  }
}
