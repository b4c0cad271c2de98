package dev.waybill.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// A command that does nothing but hold others together: `token create`, `token list`.
class CommandGroup implements Runnable {

  static final CommandGroup UNSET = new CommandGroup();

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  final Console console() {
    return waybill.console();
  }

  @Override
  public final void run() {
    CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
    List<String> names = List.copyOf(line.getSubcommands().keySet());
    int last = names.size() - 1;
    throw new ParameterException(
        line,
        "Say what to do: "
            + String.join(", ", names.subList(0, last))
            + " or "
            + names.get(last)
            + ".");
  }
}
