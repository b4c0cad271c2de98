package dev.waybill.cli;

import picocli.CommandLine.Command;

@Command(
    name = "token",
    header = "Make, list and withdraw tokens for the service.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
    footer = {
      "",
      "Example:",
      "  waybill token create --name 'nightly load' --org acme --role operator --expires 90d"
    })
final class TokenCommand extends CommandGroup {}
