package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.cli.view.Account;
import dev.waybill.cli.view.RunTable;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.account.Outcome.LeftFile;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.books.Taken;
import dev.waybill.json.Json;
import dev.waybill.ledger.Holder;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Lineage;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunRecord;
import dev.waybill.run.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show",
    customSynopsis = "waybill show RUN [OPTIONS]",
    header = "Show what became of a run: counts, reasons, calls, files, and its retries.",
    footer = {"", "Examples:", "  waybill show last", "  waybill show 6a1e0c52 --json"})
final class ShowCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(paramLabel = "RUN", description = "The beginning of the run's id, or last.")
  private String run = "";

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Mixin private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    try (Ledger ledger = books.open()) {
      RunRecord record = ledger.find(run);
      Lineage lineage = ledger.lineage(record.id());
      if (json) {
        waybill.console().out().println(Json.text(tree(ledger, record, lineage)));
      } else {
        head(record, lineage).forEach(waybill.console().out()::println);
        waybill
            .console()
            .out()
            .print(Account.of(outcome(ledger, record), waybill.console().outScreen()));
      }
    }
    return 0;
  }

  private Map<String, @Nullable Object> tree(Ledger ledger, RunRecord record, Lineage lineage) {
    Map<String, @Nullable Object> tree = RunTable.tree(record);
    tree.put("policy", record.header().policy());
    tree.put("reasons", JsonAccount.reasons(ledger.reasons(record.id())));
    tree.put("ancestors", lineage.ancestors().stream().map(RunRecord::id).toList());
    tree.put("retriedBy", lineage.retries().stream().map(RunRecord::id).toList());
    var files = new LinkedHashMap<String, @Nullable Object>();
    files(record).forEach(file -> files.put(file.kind(), file.path().toString()));
    tree.put("output", files);
    return tree;
  }

  private static List<String> head(RunRecord record, Lineage lineage) {
    var lines = new ArrayList<String>();
    lines.add("Run " + record.id() + ": " + RunTable.word(record.status()));
    lines.add("  from      " + record.header().source());
    lines.add("  to        " + record.header().destination());
    lines.add("  by        " + record.header().policy());
    lines.add("  started   " + RunTable.time(record.header().startedAt()));
    if (record.finishedAt() != null) {
      lines.add("  ended     " + RunTable.time(record.finishedAt()));
    }
    Holder holder = record.holder();
    if (holder != null) {
      lines.add("  process   " + holder.pid() + " on " + holder.host());
    }
    for (RunRecord ancestor : lineage.ancestors()) {
      lines.add("  retry of  " + related(ancestor));
    }
    for (RunRecord retry : lineage.retries()) {
      lines.add("  retried   by " + related(retry));
    }
    lines.add("");
    return lines;
  }

  private static String related(RunRecord run) {
    RunCounts counts = run.counts();
    return String.format(
        java.util.Locale.ROOT,
        "%s, %s: %,d delivered, %,d rejected, %,d unknown, %,d unprocessed",
        Life.shortId(run.id()),
        RunTable.word(run.status()),
        counts.delivered(),
        counts.rejected(),
        counts.unknown(),
        counts.unprocessed());
  }

  private Outcome outcome(Ledger ledger, RunRecord record) {
    RunCounts counts = record.counts();
    var tally =
        new Tally(
            counts.settled(),
            counts.delivered(),
            counts.rejected(),
            counts.unknown(),
            counts.unprocessed(),
            counts.calls(),
            counts.failedCalls(),
            counts.throttledCalls(),
            counts.retries());
    Duration elapsed =
        record.finishedAt() == null
            ? Duration.ZERO
            : Duration.between(record.header().startedAt(), record.finishedAt());
    var report =
        new Report(
            tally,
            elapsed,
            counts.throttled(),
            record.reason() == null ? null : Reason.of(record.reason()),
            ledger.reasons(record.id()),
            null,
            null);
    String id = Life.shortId(record.id());
    return new Outcome(
        StoredJob.read(id, record.header().job()).job().job(),
        report,
        files(record),
        next(record, id),
        0,
        Optional.empty());
  }

  private Optional<String> next(RunRecord record, String id) {
    long left = record.counts().unknown() + record.counts().unprocessed();
    return switch (record.status()) {
      case RUNNING -> Optional.empty();
      case INTERRUPTED ->
          Optional.of(
              new Taken(record).isLive()
                  ? "Next: start the flow again; it goes on from here."
                  : "Next: waybill resume " + id + books.hint() + rest(record, id));
      case FINISHED, GIVEN_UP ->
          left == 0
              ? Optional.empty()
              : Optional.of(
                  "Next: waybill retry " + id + books.hint() + " sends what did not arrive.");
    };
  }

  private static String rest(RunRecord record, String id) {
    StoredJob.Abroad abroad = StoredJob.read(id, record.header().job()).abroad();
    return abroad == null
        ? " goes on from here."
        : " --on '" + abroad.address() + "' waits for its end on the cluster.";
  }

  /// The files that the run's own account names.
  private static List<LeftFile> files(RunRecord record) {
    var files = new ArrayList<LeftFile>();
    if (record.report() != null
        && Json.read(record.report()) instanceof Fields account
        && account.get("output") instanceof Fields output) {
      RunCounts counts = record.counts();
      for (String kind : output.names().asList()) {
        long records =
            switch (kind) {
              case "success" -> counts.delivered();
              case "fail" -> counts.rejected();
              default -> counts.unknown() + counts.unprocessed();
            };
        files.add(new LeftFile(kind, Path.of(String.valueOf(output.get(kind))), records, ""));
      }
    }
    return files;
  }
}
