package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as one line of a table.
///
/// @param flow the flow's name; null where the table is of one flow
/// @param trigger who or what started it, in words
/// @param took in words; empty if it has not begun
/// @param parent the run of which it is a retry; null if it is none
public record RunLine(
    String id,
    String shortId,
    String flowId,
    @Nullable String flow,
    Outcome outcome,
    Moment when,
    String took,
    String trigger,
    String read,
    String delivered,
    String undelivered,
    boolean anyUndelivered,
    @Nullable String parent,
    @Nullable String error) {

  static RunLine of(FlowRun run, @Nullable String flow, Instant now) {
    FlowRun.Counts counts = run.counts();
    return new RunLine(
        run.id(),
        Wording.shortened(run.id()),
        run.flowId(),
        flow,
        Outcome.of(run),
        Moment.of(run.startedAt() != null ? run.startedAt() : run.stamp().createdAt(), now),
        run.startedAt() == null ? "" : Wording.length(RunChip.took(run, now)),
        trigger(run),
        Wording.count(counts.read()),
        Wording.count(counts.delivered()),
        Wording.count(counts.undelivered()),
        counts.undelivered() > 0,
        run.parent(),
        run.error());
  }

  static String trigger(FlowRun run) {
    return switch (run.trigger()) {
      case HAND -> "by " + run.stamp().createdBy();
      case SCHEDULE -> "by its schedule";
      case RETRIGGER -> "as a retry, by " + run.stamp().createdBy();
    };
  }
}
