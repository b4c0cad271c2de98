package dev.waybill.cli;

import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How it is delivered, and when to give up.
final class PolicyFlags {

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Records in a call; by default what the destination suggests.")
  private @Nullable String batchSize;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "Most calls at the same time; fewer while the destination has trouble. By default what the"
              + " destination suggests.")
  private @Nullable String concurrency;

  @Option(names = "--rate", paramLabel = "N", description = "Most calls a second; 0 for unlimited.")
  private @Nullable String rate;

  @Option(
      names = "--item-rate",
      paramLabel = "N",
      description = "Most records a second; 0 for unlimited.")
  private @Nullable String itemRate;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "Calls that may fail for a record before it is given back (default 5).")
  private @Nullable String maxAttempts;

  @Option(
      names = "--fail-after",
      paramLabel = "N|P%",
      description =
          "End the run once more than N records, or more than P percent of them, are rejected.")
  private @Nullable String failAfter;

  @Option(
      names = "--max-failed-calls",
      paramLabel = "N",
      description = "End the run once more than N calls have failed in a row.")
  private @Nullable String maxFailedCalls;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "End the run after this time: 30m, 2h.")
  private @Nullable String deadline;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description =
          "End the run when nothing could be settled for this long, because the destination"
              + " throttles or is down (default 10m).")
  private @Nullable String patience;

  @Option(
      names = "--order",
      paramLabel = "per-key",
      description = "Keep the records of one key in order. Needs --key.")
  private @Nullable String order;

  void into(JobSettings settings) {
    settings.flag(JobKey.BATCH_SIZE, batchSize);
    settings.flag(JobKey.CONCURRENCY, concurrency);
    settings.flag(JobKey.RATE, rate);
    settings.flag(JobKey.ITEM_RATE, itemRate);
    settings.flag(JobKey.MAX_ATTEMPTS, maxAttempts);
    settings.flag(JobKey.FAIL_AFTER, failAfter);
    settings.flag(JobKey.MAX_FAILED_CALLS, maxFailedCalls);
    settings.flag(JobKey.DEADLINE, deadline);
    settings.flag(JobKey.PATIENCE, patience);
    settings.flag(JobKey.ORDER, order);
  }
}
