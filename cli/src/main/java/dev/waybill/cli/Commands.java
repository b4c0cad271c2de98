package dev.waybill.cli;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands that there are. To add one, write a class with picocli's annotations and name it
/// here.
final class Commands {

  private static final List<Class<?>> ALL =
      List.of(
          LoadCommand.class,
          RunCommand.class,
          SyncCommand.class,
          StateCommand.class,
          ResumeCommand.class,
          RetryCommand.class,
          RunsCommand.class,
          ShowCommand.class,
          ExportCommand.class,
          DestinationsCommand.class,
          SourcesCommand.class,
          ServeCommand.class,
          SimulateCommand.class,
          TokenCommand.class,
          SecretCommand.class,
          AuditCommand.class,
          AlertsCommand.class,
          CompletionCommand.class);

  /// Wide enough for examples, narrow enough for every terminal.
  private static final int HELP_COLUMNS = 90;

  private static final String COMPLETION = "completion";
  private static final String SIMULATE = "simulate";

  private Commands() {}

  /// The command line with all commands in full.
  static CommandLine line(Waybill waybill) {
    return line(waybill, List.of(COMPLETION));
  }

  /// The command line for these words. A command whose name is not among them has a name and a
  /// header and no more, because to read the annotations of them all would take longer than most
  /// commands do.
  static CommandLine line(Waybill waybill, Collection<String> words) {
    boolean all = words.contains(COMPLETION);
    var line = new CommandLine(waybill);
    for (Class<?> type : ALL) {
      Command command = Objects.requireNonNull(type.getAnnotation(Command.class));
      if (all || words.contains(command.name())) {
        line.addSubcommand(command.name(), full(type, command.name()));
      } else {
        CommandSpec known = CommandSpec.create();
        known.usageMessage().header(command.header());
        line.addSubcommand(command.name(), known);
      }
    }
    return line.setUsageHelpWidth(HELP_COLUMNS)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setUnmatchedOptionsArePositionalParams(false);
  }

  private static CommandLine full(Class<?> type, String name) {
    var command = new CommandLine(type);
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getCommandSpec().usageMessage().sortOptions(false);
    if (name.equals(SIMULATE)) {
      SimulateCommand.addOptions(command.getCommandSpec());
    }
    return command;
  }
}
