package dev.waybill.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

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
final class TokenCommand implements Runnable {

  static final TokenCommand UNSET = new TokenCommand();

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  Console console() {
    return waybill.console();
  }

  @Override
  public void run() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    throw new ParameterException(line, "Say what to do: create, list or revoke.");
  }
}
