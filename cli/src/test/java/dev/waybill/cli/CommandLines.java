package dev.waybill.cli;

import java.util.Objects;
import picocli.CommandLine;

/// What the help says of the flags of `waybill sync`, which has those of `waybill load` too, for
/// other packages' tests.
public final class CommandLines {

  private CommandLines() {}

  /// The description of a flag.
  public static String description(String flag) {
    CommandLine sync =
        Objects.requireNonNull(Commands.line(Waybill.UNSET).getSubcommands().get("sync"));
    return String.join(" ", sync.getCommandSpec().findOption(flag).description());
  }
}
