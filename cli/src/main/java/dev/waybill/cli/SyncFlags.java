package dev.waybill.cli;

import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a source and a destination are kept equal by key.
final class SyncFlags {

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "upsert (default): new and changed records are written by key; mirror: the same, and what"
              + " left the source is deleted; create: new records only; update: what is there is"
              + " changed; append: each version is one more record.")
  private @Nullable String mode;

  @Option(
      names = "--flow",
      paramLabel = "NAME",
      description = "The name of the flow's state in the ledger; by default that of the source.")
  private @Nullable String flow;

  @Option(names = "--full", description = "Send all records, unchanged ones too.")
  private boolean full;

  @Option(
      names = "--duplicates",
      paramLabel = "RULE",
      description =
          "Which of several records with one key counts: last (default), first, or refuse, by which"
              + " all are rejected.")
  private @Nullable String duplicates;

  @Option(
      names = "--retry",
      paramLabel = "RULE",
      description =
          "When a rejected record is sent again that has not changed: every-run (default), or"
              + " backoff, after 1, 2, 4 … 32 runs.")
  private @Nullable String retry;

  @Option(
      names = "--max-changes",
      paramLabel = "N|P%",
      description =
          "Send nothing if more than N of the records that the destination has, or more than P"
              + " percent of them, have changed (default: no limit).")
  private @Nullable String maxChanges;

  @Option(
      names = "--max-deletes",
      paramLabel = "N|P%",
      description =
          "Send nothing if more than N of them, or more than P percent, would be deleted (default:"
              + " half of them).")
  private @Nullable String maxDeletes;

  @Option(
      names = "--override-limits",
      description = "Send for once, whatever --max-changes and --max-deletes say.")
  private boolean overrideLimits;

  @Option(
      names = "--write-back",
      paramLabel = "TABLE",
      description =
          "Write what became of each record that was sent into this table of the source's database.")
  private @Nullable String writeBack;

  void into(JobSettings settings) {
    settings.flag(JobKey.MODE, mode);
    settings.flag(JobKey.FLOW, flow);
    settings.flag(JobKey.FULL, full ? "true" : null);
    settings.flag(JobKey.DUPLICATES, duplicates);
    settings.flag(JobKey.RETRY, retry);
    settings.flag(JobKey.MAX_CHANGES, maxChanges);
    settings.flag(JobKey.MAX_DELETES, maxDeletes);
    settings.flag(JobKey.OVERRIDE_LIMITS, overrideLimits ? "true" : null);
    settings.flag(JobKey.WRITE_BACK, writeBack);
  }
}
