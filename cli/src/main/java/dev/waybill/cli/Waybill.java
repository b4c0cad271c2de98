package dev.waybill.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "waybill",
    header = "Delivers records in batches, and accounts for every record.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example:",
      "  waybill load contacts.csv --to sqlite:contacts.db",
      "",
      "'waybill COMMAND --help' tells more of a command."
    })
final class Waybill implements Runnable {

  /// Stands in a command's field until picocli has set it.
  static final Waybill UNSET = new Waybill(null);

  private final @Nullable Console console;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      order = 98,
      description = "Show stack traces of what went wrong.")
  private boolean verbose;

  @Spec private @Nullable CommandSpec spec;

  Waybill(@Nullable Console console) {
    this.console = console;
  }

  Console console() {
    if (console == null) {
      throw new IllegalStateException("the command was not called through picocli");
    }
    return console;
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public void run() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(line, "Say what to do: waybill COMMAND.");
  }
}
