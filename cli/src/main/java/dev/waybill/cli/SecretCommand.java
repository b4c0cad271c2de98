package dev.waybill.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

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
final class SecretCommand implements Runnable {

  static final SecretCommand UNSET = new SecretCommand();

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  Console console() {
    return waybill.console();
  }

  @Override
  public void run() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(line, "Say what to do: set, list, delete or rotate-key.");
  }
}
