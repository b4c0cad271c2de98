package dev.waybill.flink;

import dev.waybill.delivery.Tally;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/// The counts of a subtask since the job began: as metrics, and as accumulators of the job that agree
/// with its checkpoints.
public final class Ends {

  /// The names of the accumulators, in the order of the counts.
  public static final List<String> NAMES =
      List.of(
          "waybill.delivered",
          "waybill.rejected",
          "waybill.unknown",
          "waybill.unprocessed",
          "waybill.calls",
          "waybill.failedCalls",
          "waybill.throttledCalls",
          "waybill.retries");

  private final LongCounter[] sums = new LongCounter[NAMES.size()];
  private final long[] before = new long[NAMES.size()];
  private long[] counts = new long[NAMES.size()];

  Ends(RuntimeContext context, MetricGroup metrics) {
    for (int i = 0; i < sums.length; i++) {
      int which = i;
      sums[i] = new LongCounter();
      context.addAccumulator(NAMES.get(i), sums[i]);
      metrics.gauge(NAMES.get(i).substring("waybill.".length()), () -> counts[which]);
    }
  }

  /// The counts of these accumulators as those of a run.
  public static Tally tally(java.util.function.ToLongFunction<String> accumulators) {
    long[] sums = NAMES.stream().mapToLong(accumulators).toArray();
    long settled = sums[0] + sums[1] + sums[2] + sums[3];
    return new Tally(
        settled, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
  }

  /// The engine of this life has come so far.
  void update(Tally tally) {
    long[] now = {
      tally.delivered(),
      tally.rejected(),
      tally.unknown(),
      tally.unprocessed(),
      tally.calls(),
      tally.failedCalls(),
      tally.throttledCalls(),
      tally.retries()
    };
    for (int i = 0; i < now.length; i++) {
      now[i] += before[i];
      sums[i].add(now[i] - counts[i]);
    }
    counts = now;
  }

  /// The counts, for a checkpoint.
  long[] counts() {
    return counts.clone();
  }

  /// What a checkpoint kept counts on.
  void takeUp(long[] kept) {
    for (int i = 0; i < kept.length; i++) {
      before[i] += kept[i];
      sums[i].add(kept[i]);
    }
    counts = Arrays.copyOf(before, before.length);
  }
}
