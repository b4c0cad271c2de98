package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;
import java.time.Duration;
import java.time.Instant;

/// A run as one sign in a strip of outcomes.
///
/// @param label what it says to those who do not see it, and on hovering
/// @param height of its bar, from 1 to 4, by how many records it read beside the others
public record RunChip(String id, Outcome outcome, String label, int height) {

  static RunChip of(FlowRun run, long mostRead, Instant now) {
    Outcome outcome = Outcome.of(run);
    Instant when = run.completedAt() != null ? run.completedAt() : run.stamp().createdAt();
    return new RunChip(
        run.id(),
        outcome,
        outcome.heading() + ", " + told(run) + ", " + Wording.distance(when, now),
        height(run.counts().read(), mostRead));
  }

  /// `9,998 of 10,000 records`.
  static String told(FlowRun run) {
    FlowRun.Counts counts = run.counts();
    if (counts.read() == 0) {
      return run.state().isOver() ? "no records" : "nothing read yet";
    }
    return counts.delivered() == counts.read()
        ? Wording.count(counts.read(), "record", "records")
        : Wording.count(counts.delivered())
            + " of "
            + Wording.count(counts.read(), "record", "records");
  }

  private static int height(long read, long most) {
    return most == 0 || read == 0 ? 1 : 1 + (int) Math.round(3.0 * read / most);
  }

  /// How long the run took, or has taken until now.
  static Duration took(FlowRun run, Instant now) {
    if (run.startedAt() == null) {
      return Duration.ZERO;
    }
    return Duration.between(run.startedAt(), run.completedAt() == null ? now : run.completedAt());
  }
}
