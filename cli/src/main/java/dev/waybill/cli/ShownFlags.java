package dev.waybill.cli;

import picocli.CommandLine.Option;

/// What a command shows of a run whose files are settled already.
final class ShownFlags {

  @Option(
      names = "--json",
      description = "Print the account as one JSON object to standard output.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress, and nothing at the end but complaints.")
  private boolean quiet;

  OutputFlags asOutput() {
    var output = new OutputFlags();
    output.json = json;
    output.quiet = quiet;
    return output;
  }
}
