package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.launch.Launch;
import dev.waybill.ledger.RunCounts;
import dev.waybill.run.Progress;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Run;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run under way in this process, for those who look on. Safe for use by many threads.
///
/// @param before what earlier lives of it came to; null if this is the first
record LiveRun(
    FlowRun row, Launch launch, Run<Fields> run, Recorder recorder, @Nullable RunCounts before) {

  /// As it stands now.
  FlowRun now() {
    return row.with(counts(run.progress().tally()));
  }

  /// The counts of all lives.
  ///
  /// @param tally those of this one
  FlowRun.Counts counts(Tally tally) {
    RunCounts earlier = before == null ? NOTHING : before;
    return new FlowRun.Counts(
        earlier.settled() + tally.offered(),
        earlier.delivered() + tally.delivered(),
        earlier.rejected() + tally.rejected(),
        earlier.unknown() + tally.unknown(),
        earlier.unprocessed() + tally.unprocessed(),
        earlier.calls() + tally.calls(),
        Math.max(row.counts().inputBytes(), launch.bytesRead()),
        recorder.outputBytes());
  }

  private static final RunCounts NOTHING = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

  Sample sample(Instant at) {
    Progress progress = run.progress();
    FlowRun.Counts counts = counts(progress.tally());
    Duration throttled = before == null ? Duration.ZERO : before.throttled();
    return new Sample(
        row.startedAt() == null ? Duration.ZERO : Duration.between(row.startedAt(), at),
        counts.delivered(),
        counts.rejected(),
        counts.unknown(),
        counts.unprocessed(),
        counts.calls(),
        throttled.plus(progress.standing().closed()),
        progress.standing().inFlight());
  }

  List<CallRecord> calls() {
    return recorder.take();
  }

  /// Why items were not delivered; empty if only the ledger knows of all lives.
  Optional<List<ReasonDigest.Group>> reasons() {
    return before == null ? Optional.of(run.reasons()) : Optional.empty();
  }

  void cancel() {
    run.stop(Reason.of("it was cancelled"));
  }
}
