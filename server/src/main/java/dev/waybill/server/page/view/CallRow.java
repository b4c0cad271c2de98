package dev.waybill.server.page.view;

import dev.waybill.server.catalog.CallRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A call, as the inspector shows it.
///
/// @param look which colour and sign it has: `ok`, `refused`, `bad`, `other`
/// @param splits whether it was refused with several records, so that there may be a tree of it
public record CallRow(
    long number,
    String kind,
    int attempt,
    Moment began,
    String clock,
    String took,
    String items,
    String range,
    String outcome,
    String verdicts,
    String look,
    String sign,
    boolean splits,
    @Nullable String reason,
    @Nullable String request,
    @Nullable String answer) {

  static CallRow of(CallRecord call, Instant now) {
    boolean ok = call.succeeded();
    boolean refused = call.outcome().equals("refused") || call.outcome().equals("too large");
    boolean bad = call.outcome().equals("fatal") || (refused && call.items() == 1);
    return new CallRow(
        call.number(),
        call.kind(),
        call.attempt(),
        Moment.of(call.beganAt(), now),
        Wording.clock(call.beganAt()),
        Wording.length(call.took()),
        Wording.count(call.items(), "record", "records"),
        call.first() == call.last() ? "#" + call.first() : "#" + call.first() + "–" + call.last(),
        call.outcome(),
        verdicts(call),
        ok ? "ok" : bad ? "bad" : refused ? "refused" : "other",
        ok ? "check" : bad ? "cross" : refused ? "split" : "partly",
        refused && call.items() > 1,
        call.reason(),
        call.request(),
        call.answer());
  }

  private static String verdicts(CallRecord call) {
    if (!call.outcome().equals("answered")) {
      return "";
    }
    var text = new StringBuilder(Wording.count(call.accepted())).append(" accepted");
    if (call.rejected() > 0) {
      text.append(", ").append(Wording.count(call.rejected())).append(" rejected");
    }
    if (call.deferred() > 0) {
      text.append(", ").append(Wording.count(call.deferred())).append(" put off");
    }
    return text.toString();
  }
}
