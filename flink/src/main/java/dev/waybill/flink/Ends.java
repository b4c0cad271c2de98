package dev.waybill.flink;

import dev.waybill.delivery.Tally;
import java.util.Arrays;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/// The counts of a subtask since the job began: as metrics, and as accumulators of the job that
/// agree with its checkpoints.
final class Ends {

  private final LongCounter ended = new LongCounter();
  private final LongCounter[] sums = new LongCounter[Totals.NAMES.size()];
  private final long[] before = new long[Totals.NAMES.size()];
  private long[] counts = new long[Totals.NAMES.size()];

  Ends(RuntimeContext context, MetricGroup metrics) {
    context.addAccumulator(Totals.ENDED, ended);
    for (int i = 0; i < sums.length; i++) {
      int which = i;
      sums[i] = new LongCounter();
      context.addAccumulator(Totals.NAMES.get(i), sums[i]);
      metrics.gauge(Totals.NAMES.get(i).substring("waybill.".length()), () -> counts[which]);
    }
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

  /// The input has come to its end.
  void ended() {
    ended.add(1L);
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
