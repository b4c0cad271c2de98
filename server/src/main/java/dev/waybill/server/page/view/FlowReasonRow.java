package dev.waybill.server.page.view;

import dev.waybill.ledger.ReasonHistory;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.work.FlowReason;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why records of a flow fail, or failed.
///
/// @param now how many fail for it now; null if none does any more
/// @param run the latest run that met it; null where it is not known
/// @param example a record that met it; empty if none is known
public record FlowReasonRow(
    String disposition,
    @Nullable String code,
    String pattern,
    @Nullable String now,
    Moment first,
    Moment last,
    @Nullable String run,
    String example) {

  static FlowReasonRow of(FlowReason reason, Instant now) {
    ReasonHistory history = reason.history();
    return new FlowReasonRow(
        history.disposition().name().toLowerCase(Locale.ROOT),
        history.code(),
        history.pattern(),
        reason.now() == 0 ? null : Wording.count(reason.now()),
        Moment.of(history.firstSeen(), now),
        Moment.of(history.lastSeen(), now),
        history.lastRun(),
        history.examples().isEmpty() ? "" : example(history.examples().getFirst()));
  }

  private static String example(ReasonDigest.Example example) {
    String which =
        example.key() != null
            ? example.key()
            : example.line() > 0
                ? "line " + Wording.count(example.line())
                : "record " + Wording.count(example.ordinal());
    return which + ": " + example.message();
  }
}
