package dev.waybill.flink;

import dev.waybill.Settlement;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/// Counts how items ended: as metrics of this life, and as accumulators of the whole job that agree
/// with the checkpoints.
final class Ends {

  /// The names of the accumulators, in the order of the counts: `waybill.delivered` and so on.
  static final String[] NAMES = {
    "waybill.delivered", "waybill.rejected", "waybill.unknown", "waybill.unprocessed"
  };

  private final LongCounter[] sums = new LongCounter[NAMES.length];
  private final Counter[] counters = new Counter[NAMES.length];

  Ends(RuntimeContext context, MetricGroup metrics) {
    for (int i = 0; i < NAMES.length; i++) {
      sums[i] = new LongCounter();
      context.addAccumulator(NAMES[i], sums[i]);
      counters[i] = metrics.counter(NAMES[i].substring("waybill.".length()));
    }
  }

  void add(Settlement<?> settlement) {
    int which =
        switch (settlement.disposition()) {
          case DELIVERED -> 0;
          case REJECTED -> 1;
          case UNKNOWN -> 2;
          case UNPROCESSED -> 3;
        };
    sums[which].add(settlement.items().size());
    counters[which].inc(settlement.items().size());
  }

  /// The counts of this subtask since the job began, for a checkpoint.
  long[] counts() {
    long[] counts = new long[NAMES.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = sums[i].getLocalValue();
    }
    return counts;
  }

  /// What a checkpoint kept counts on.
  void takeUp(long[] counts) {
    for (int i = 0; i < counts.length; i++) {
      sums[i].add(counts[i]);
    }
  }
}
