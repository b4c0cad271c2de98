package dev.waybill.cli;

import picocli.CommandLine.Command;

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
final class AlertsCommand extends CommandGroup {}
