package dev.waybill.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "alerts",
    header = "Say what the service tells people of a flow, and see what it told.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AlertsShowCommand.class, AlertsSetCommand.class},
    footer = {
      "",
      "Example:",
      "  waybill alerts set contacts --org acme < alerts.json",
      "",
      "where alerts.json holds rules such as",
      "  [{\"when\": \"failed\", \"to\": [{\"mail\": \"ops@example.org\"}]}]"
    })
final class AlertsCommand implements Runnable {

  static final AlertsCommand UNSET = new AlertsCommand();

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  Console console() {
    return waybill.console();
  }

  @Override
  public void run() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(line, "Say what to do: show or set.");
  }
}
