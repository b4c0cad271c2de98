package dev.waybill.cli.view;

import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs of the ledger as a table.
public final class RunTable {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final List<String> HEAD =
      List.of(
          "run",
          "started",
          "status",
          "delivered",
          "rejected",
          "unknown",
          "unprocessed",
          "from",
          "to");
  private static final int FIRST_NUMBER = 3;
  private static final int LAST_NUMBER = 6;
  private static final int WIDEST = 40;

  private RunTable() {}

  /// A line for the heads, and one for each run.
  ///
  /// @param name how a run's id is shown
  public static List<String> lines(List<RunRecord> runs, UnaryOperator<String> name) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    for (RunRecord run : runs) {
      RunCounts counts = run.counts();
      rows.add(
          List.of(
              name.apply(run.id()),
              time(run.header().startedAt()),
              word(run.status()),
              Words.count(counts.delivered()),
              Words.count(counts.rejected()),
              Words.count(counts.unknown()),
              Words.count(counts.unprocessed()),
              Words.cut(run.header().source(), WIDEST),
              Words.cut(run.header().destination(), WIDEST)));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      boolean number = i >= FIRST_NUMBER && i <= LAST_NUMBER;
      line.append(i == 0 ? "" : "  ").append(number ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  /// A time, as the clock on the wall shows it.
  public static String time(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  /// `given up`.
  public static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// A run for a machine.
  public static Map<String, @Nullable Object> tree(RunRecord run) {
    RunCounts counts = run.counts();
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("run", run.id());
    tree.put("parent", run.header().parent());
    tree.put("status", word(run.status()));
    tree.put("flow", run.header().flow());
    tree.put("started", run.header().startedAt().toString());
    tree.put("finished", run.finishedAt() == null ? null : run.finishedAt().toString());
    tree.put("source", run.header().source());
    tree.put("destination", run.header().destination());
    tree.put("delivered", counts.delivered());
    tree.put("rejected", counts.rejected());
    tree.put("unknown", counts.unknown());
    tree.put("unprocessed", counts.unprocessed());
    tree.put("calls", counts.calls());
    tree.put("failedCalls", counts.failedCalls());
    tree.put("throttledCalls", counts.throttledCalls());
    tree.put("retries", counts.retries());
    tree.put("throttledSeconds", counts.throttled().toMillis() / 1e3);
    tree.put("reason", run.reason());
    return tree;
  }
}
