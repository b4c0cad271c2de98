package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.cli.view.RunTable;
import dev.waybill.flow.books.Life;
import dev.waybill.json.Json;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunQuery;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "runs",
    customSynopsis = "waybill runs [OPTIONS]",
    header = "List the runs that the ledger knows, the newest first.",
    footer = {
      "",
      "Examples:",
      "  waybill runs",
      "  waybill runs --status interrupted",
      "",
      "Status: running, interrupted (it can be resumed), finished, given-up."
    })
final class RunsCommand implements Callable<Integer> {

  private static final int USUAL_LIMIT = 20;

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most runs to list (default " + USUAL_LIMIT + ").")
  private int limit = USUAL_LIMIT;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "List only runs that stand so: running, interrupted, finished or given-up.")
  private @Nullable String status;

  @Option(names = "--json", description = "Print one JSON object a line for each run.")
  private boolean json;

  @Mixin private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UserException("--limit takes a whole number from 1 on.");
    }
    RunQuery query = RunQuery.newest(limit);
    if (status != null) {
      query = query.in(status(status));
    }
    try (Ledger ledger = books.open()) {
      List<RunRecord> runs = ledger.runs(query);
      var console = waybill.console();
      if (json) {
        runs.forEach(run -> console.out().println(Json.text(RunTable.tree(run))));
      } else if (runs.isEmpty()) {
        console.err().println("There are no such runs.");
      } else {
        RunTable.lines(runs, Life::shortId).forEach(console.out()::println);
      }
    }
    return 0;
  }

  private static RunStatus status(String text) {
    return switch (text) {
      case "running" -> RunStatus.RUNNING;
      case "interrupted" -> RunStatus.INTERRUPTED;
      case "finished" -> RunStatus.FINISHED;
      case "given-up" -> RunStatus.GIVEN_UP;
      default ->
          throw new UserException(
              "--status takes running, interrupted, finished or given-up, not '" + text + "'.");
    };
  }
}
