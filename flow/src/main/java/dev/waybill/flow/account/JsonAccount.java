package dev.waybill.flow.account;

import dev.waybill.delivery.Tally;
import dev.waybill.flow.job.Masked;
import dev.waybill.json.Json;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account of a run for a machine: one JSON object.
public final class JsonAccount {

  private JsonAccount() {}

  /// The account as a single line, without a line end.
  public static String of(Outcome outcome) {
    Report report = outcome.report();
    Tally tally = report.tally();
    var account = new LinkedHashMap<String, @Nullable Object>();
    account.put("run", outcome.run().orElse(null));
    account.put("exitCode", outcome.exitCode());
    account.put("files", outcome.job().files().stream().map(Masked::address).toList());
    account.put("destination", Masked.address(outcome.job().to()));
    account.put("records", tally.offered());
    account.put("delivered", tally.delivered());
    account.put("rejected", tally.rejected());
    account.put("unknown", tally.unknown());
    account.put("unprocessed", tally.unprocessed());
    account.put("calls", tally.calls());
    account.put("failedCalls", tally.failedCalls());
    account.put("throttledCalls", tally.throttledCalls());
    account.put("retries", tally.retries());
    account.put("seconds", seconds(report.elapsed()));
    account.put("throttledSeconds", seconds(report.throttled()));
    account.put("stopped", report.stopped() == null ? null : report.stopped().toString());
    account.put("unread", report.unread());
    account.put("unwritten", report.unwritten());
    if (!outcome.plan().isEmpty()) {
      account.put("plan", outcome.plan());
    }
    account.put("reasons", reasons(report.reasons()));
    var left = new LinkedHashMap<String, @Nullable Object>();
    outcome.files().forEach(file -> left.put(file.kind(), file.path().toString()));
    account.put("output", left);
    return Json.text(account);
  }

  /// Reasons as lists and maps.
  public static List<Map<String, @Nullable Object>> reasons(List<ReasonDigest.Group> groups) {
    return groups.stream().map(JsonAccount::reason).toList();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private static Map<String, @Nullable Object> reason(ReasonDigest.Group group) {
    var reason = new LinkedHashMap<String, @Nullable Object>();
    reason.put("disposition", group.disposition().name().toLowerCase(Locale.ROOT));
    reason.put("code", group.code());
    reason.put("message", group.pattern());
    reason.put("count", group.count());
    List<Map<String, @Nullable Object>> examples =
        group.examples().stream().map(JsonAccount::example).toList();
    reason.put("examples", examples);
    return reason;
  }

  private static Map<String, @Nullable Object> example(ReasonDigest.Example example) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("record", example.ordinal());
    map.put("line", example.line() == 0 ? null : example.line());
    map.put("key", example.key());
    map.put("message", example.message());
    return map;
  }
}
