package dev.waybill.cli;

import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is read.
final class SourceFlags {

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "The input's format; by default told by the file's name. See 'waybill sources'.")
  private @Nullable String format;

  @Option(
      names = "--source-option",
      paramLabel = "NAME=VALUE",
      description = "An option of the source, as in 'waybill sources NAME'. Repeatable.")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--from-table",
      paramLabel = "NAME",
      description =
          "The table or view to read of an SQL source; short for --source-option table=NAME.")
  private @Nullable String table;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description = "The query to read of an SQL source; short for --source-option query=SQL.")
  private @Nullable String query;

  @Option(
      names = "--start-at",
      paramLabel = "N",
      description = "The first record to deliver, counted from 1.")
  private @Nullable String startAt;

  @Option(names = "--limit", paramLabel = "N", description = "Deliver at most this many records.")
  private @Nullable String limit;

  void into(JobSettings settings) {
    settings.flag(JobKey.FORMAT, format);
    settings.options(
        "--source-option", options, pair -> settings.sourceOption(pair.getKey(), pair.getValue()));
    if (table != null) {
      settings.sourceOption("table", table);
    }
    if (query != null) {
      settings.sourceOption("query", query);
    }
    settings.flag(JobKey.START_AT, startAt);
    settings.flag(JobKey.LIMIT, limit);
  }
}
