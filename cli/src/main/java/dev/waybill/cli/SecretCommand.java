package dev.waybill.cli;

import picocli.CommandLine.Command;

@Command(
    name = "secret",
    header = "Keep the secrets of the service's flows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SecretSetCommand.class,
      SecretListCommand.class,
      SecretDeleteCommand.class,
      SecretRotateCommand.class
    },
    footer = {
      "",
      "A flow names a secret as the value of a secret option: secret:crm-token",
      "",
      "Example:",
      "  waybill secret set crm-token --org acme < token.txt"
    })
final class SecretCommand extends CommandGroup {}
