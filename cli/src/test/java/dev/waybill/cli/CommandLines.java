package dev.waybill.cli;

import java.util.Objects;
import picocli.CommandLine;

/// What the help says of the flags of `waybill load`, for other packages' tests.
public final class CommandLines {

  private CommandLines() {}

  /// The description of a flag.
  public static String description(String flag) {
    CommandLine load =
        Objects.requireNonNull(Commands.line(Waybill.UNSET).getSubcommands().get("load"));
    return String.join(" ", load.getCommandSpec().findOption(flag).description());
  }
}
