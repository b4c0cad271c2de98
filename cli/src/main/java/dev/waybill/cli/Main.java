package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.cli.view.Screen;
import dev.waybill.mapping.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program.
public final class Main {

  private Main() {}

  /// Does what the arguments say, and ends the process with an exit code.
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  static int run(Console console, String... args) {
    var waybill = new Waybill(console);
    CommandLine line = Commands.line(waybill, List.of(args));
    line.setOut(console.out());
    line.setErr(console.err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.outScreen().colour() == Screen.Colour.ON ? Ansi.ON : Ansi.OFF));
    line.setParameterExceptionHandler((problem, given) -> usage(console, problem));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> new Problem(console, waybill).told(problem));
    int code = line.execute(args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  private static int usage(Console console, ParameterException problem) {
    String sentence = String.valueOf(problem.getMessage());
    if (problem.getCause() instanceof UserException told) {
      sentence = String.valueOf(told.getMessage());
    }
    List<String> suggestions =
        problem instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && problem.getCommandLine().getParent() == null) {
      String word = unmatched.getUnmatched().getFirst();
      suggestions = List.of();
      sentence =
          "There is no command '"
              + word
              + "'"
              + Nearest.suggestion(word, problem.getCommandLine().getSubcommands().keySet())
              + ".";
    }
    console.err().println("waybill: " + sentence);
    if (!suggestions.isEmpty()) {
      console.err().println("Did you mean " + String.join(" or ", suggestions) + "?");
    }
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println("Try '" + command + " --help'.");
    return ExitCode.USAGE.code;
  }
}
