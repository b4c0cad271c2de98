package dev.waybill.cli;

import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where it goes.
final class DestinationFlags {

  @Option(
      names = "--to",
      paramLabel = "DESTINATION",
      description =
          "Where the records go: sqlite:FILE, https://HOST/PATH … See 'waybill destinations'.")
  private @Nullable String to;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "NAME=VALUE",
      description =
          "An option of the destination, as in 'waybill destinations NAME'. Repeatable. A secret may"
              + " be given as env:VARIABLE or file:PATH.")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table of an SQL destination; short for --option table=NAME.")
  private @Nullable String table;

  void into(JobSettings settings) {
    settings.flag(JobKey.TO, to);
    settings.options(
        "--option", options, pair -> settings.destinationOption(pair.getKey(), pair.getValue()));
    if (table != null) {
      settings.destinationOption("table", table);
    }
  }
}
