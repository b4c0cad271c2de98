package dev.waybill.cli.view;

import dev.waybill.ledger.AcceptedKey;
import dev.waybill.ledger.FailingKey;
import dev.waybill.ledger.FailingKey.Doubt;
import dev.waybill.ledger.FailingKey.Operation;
import dev.waybill.ledger.ReasonHistory;
import dev.waybill.ledger.StateSummary;
import dev.waybill.run.ReasonDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of keyed flows, for persons and for machines.
public final class States {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private static final String INDENT = " ".repeat(14);

  /// Characters of a message in a line.
  private static final int MOST_SHOWN = 160;

  private States() {}

  /// A line for the heads, and one for each flow.
  public static List<String> table(List<StateSummary> flows) {
    int widest = flows.stream().mapToInt(flow -> flow.flow().name().length()).max().orElse(0);
    String form = "%-" + Math.max(4, widest) + "s  %6s  %12s  %9s  %9s  %-16s  %s";
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            form,
            "flow",
            "runs",
            "accepted",
            "rejected",
            "in doubt",
            "failing since",
            "destination"));
    for (StateSummary flow : flows) {
      lines.add(
          String.format(
              Locale.ROOT,
              form,
              flow.flow().name(),
              Words.count(flow.runs()),
              Words.count(flow.accepted()),
              Words.count(flow.rejected()),
              Words.count(flow.doubtful()),
              time(flow.failingSince()),
              flow.flow().destination()));
    }
    return lines;
  }

  /// One flow in full.
  public static List<String> lines(StateSummary flow) {
    var lines = new ArrayList<String>();
    lines.add(
        "Flow "
            + flow.flow().name()
            + ", by "
            + String.join(", ", flow.flow().key())
            + ", to "
            + flow.flow().destination());
    lines.add(String.format(Locale.ROOT, "%,12d  accepted", flow.accepted()));
    lines.add(
        String.format(Locale.ROOT, "%,12d  rejected", flow.rejected())
            + (flow.failingSince() == null
                ? ""
                : ", the oldest still failing since " + time(flow.failingSince())));
    lines.add(String.format(Locale.ROOT, "%,12d  in doubt", flow.doubtful()));
    lines.add(
        String.format(Locale.ROOT, "%,12d  %s", flow.runs(), flow.runs() == 1 ? "run" : "runs"));
    return lines;
  }

  /// Why keys fail, the commonest reason first; no line if none does.
  public static List<String> reasons(List<ReasonHistory> reasons) {
    if (reasons.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Why records fail");
    for (ReasonHistory reason : reasons) {
      String code = reason.code() == null ? "" : " (" + reason.code() + ")";
      lines.add(
          String.format(Locale.ROOT, "%,12d", reason.count())
              + "  "
              + reason.disposition().name().toLowerCase(Locale.ROOT)
              + ": "
              + Words.cut(reason.pattern(), MOST_SHOWN)
              + code);
      lines.add(
          INDENT
              + "since "
              + time(reason.firstSeen())
              + (reason.firstSeen().equals(reason.lastSeen())
                  ? ""
                  : ", last " + time(reason.lastSeen())));
      for (ReasonDigest.Example example : reason.examples()) {
        lines.add(INDENT + example.key() + ": " + Words.cut(example.message(), MOST_SHOWN));
      }
    }
    return lines;
  }

  /// A failing key in a line.
  public static String line(FailingKey key) {
    return key.key()
        + ": "
        + (key.doubt() == Doubt.MAY_BE_APPLIED ? "in doubt" : "still failing")
        + " since "
        + time(key.firstAt())
        + (key.failures() > 1 ? ", in " + Words.count(key.failures(), "run") : "")
        + (key.operation() == Operation.DELETE ? ", to be deleted" : "")
        + ": "
        + key.reason();
  }

  public static Map<String, @Nullable Object> tree(StateSummary flow) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("flow", flow.flow().name());
    tree.put("destination", flow.flow().destination());
    tree.put("key", flow.flow().key());
    tree.put("runs", flow.runs());
    tree.put("lastRun", flow.lastRun());
    tree.put("accepted", flow.accepted());
    tree.put("rejected", flow.rejected());
    tree.put("inDoubt", flow.doubtful());
    tree.put("failingSince", flow.failingSince() == null ? null : flow.failingSince().toString());
    return tree;
  }

  /// One flow with the reasons why keys of it fail.
  public static Map<String, @Nullable Object> tree(StateSummary flow, List<ReasonHistory> reasons) {
    Map<String, @Nullable Object> tree = tree(flow);
    tree.put("reasons", reasons.stream().map(States::tree).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(ReasonHistory reason) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("state", reason.disposition().name().toLowerCase(Locale.ROOT));
    tree.put("code", reason.code());
    tree.put("pattern", reason.pattern());
    tree.put("count", reason.count());
    tree.put("firstSeen", reason.firstSeen().toString());
    tree.put("lastSeen", reason.lastSeen().toString());
    tree.put(
        "examples",
        reason.examples().stream()
            .map(
                example -> {
                  var one = new LinkedHashMap<String, @Nullable Object>();
                  one.put("key", example.key());
                  one.put("message", example.message());
                  return one;
                })
            .toList());
    return tree;
  }

  public static Map<String, @Nullable Object> tree(AcceptedKey key) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("key", key.key());
    tree.put("state", "accepted");
    tree.put("fingerprint", Long.toHexString(key.fingerprint()));
    tree.put("run", key.run());
    return tree;
  }

  public static Map<String, @Nullable Object> tree(FailingKey key) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("key", key.key());
    tree.put("state", key.doubt() == Doubt.MAY_BE_APPLIED ? "unknown" : "rejected");
    tree.put("operation", key.operation().name().toLowerCase(Locale.ROOT));
    tree.put("code", key.reason().code());
    tree.put("reason", key.reason().message());
    tree.put("failingSince", key.firstAt().toString());
    tree.put("lastFailed", key.lastAt().toString());
    tree.put("failures", key.failures());
    tree.put("run", key.lastRun());
    return tree;
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : TIME.format(time.atZone(ZoneId.systemDefault()));
  }
}
