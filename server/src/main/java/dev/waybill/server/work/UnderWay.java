package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.launch.Launch;
import dev.waybill.ledger.RunCounts;
import dev.waybill.run.LiveRun;
import dev.waybill.run.LiveStanding;
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
record UnderWay(FlowRun row, Doing doing, Recorder recorder, @Nullable RunCounts before) {

  private static final RunCounts NOTHING = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

  /// What does it.
  interface Doing {
    Progress progress();

    List<ReasonDigest.Group> reasons();

    /// Bytes of the source that were read; 0 if they are not counted.
    long bytesRead();

    /// Ends it in good order.
    void stop();

    /// How it stands towards its source, if that is a live one.
    Optional<LiveStanding> standing();

    /// That of a source that has an end.
    static Doing of(Launch launch, Run<Fields> run) {
      return new Doing() {
        @Override
        public Progress progress() {
          return run.progress();
        }

        @Override
        public List<ReasonDigest.Group> reasons() {
          return run.reasons();
        }

        @Override
        public long bytesRead() {
          return launch.bytesRead();
        }

        @Override
        public void stop() {
          run.stop(Reason.of("it was cancelled"));
        }

        @Override
        public Optional<LiveStanding> standing() {
          return Optional.empty();
        }
      };
    }

    /// That of a live source.
    static Doing of(LiveRun<Fields> run) {
      return new Doing() {
        @Override
        public Progress progress() {
          return run.progress();
        }

        @Override
        public List<ReasonDigest.Group> reasons() {
          return run.reasons();
        }

        @Override
        public long bytesRead() {
          return 0;
        }

        @Override
        public void stop() {
          run.stop();
        }

        @Override
        public Optional<LiveStanding> standing() {
          return Optional.of(run.standing());
        }
      };
    }
  }

  /// Whether it goes on until it is stopped.
  boolean isLive() {
    return doing.standing().isPresent();
  }

  /// As it stands now.
  FlowRun now() {
    return row.with(counts(doing.progress().tally()));
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
        Math.max(row.counts().inputBytes(), doing.bytesRead()),
        recorder.outputBytes());
  }

  Sample sample(Instant at) {
    Progress progress = doing.progress();
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
    return before == null ? Optional.of(doing.reasons()) : Optional.empty();
  }

  void stop() {
    doing.stop();
  }
}
