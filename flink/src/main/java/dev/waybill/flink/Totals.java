package dev.waybill.flink;

import dev.waybill.delivery.Tally;
import java.util.List;
import java.util.function.ToLongFunction;

/// The counts of a whole job, as its accumulators tell them to whoever looks on.
public final class Totals {

  /// The names of the accumulators.
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

  /// The name of an accumulator that counts the subtasks which came to the end of their input.
  public static final String ENDED = "waybill.ended";

  private Totals() {}

  /// The counts as those of a run, of which nothing is held.
  ///
  /// @param accumulators the value of each, by its name
  public static Tally tally(ToLongFunction<String> accumulators) {
    long[] sums = NAMES.stream().mapToLong(accumulators).toArray();
    long settled = sums[0] + sums[1] + sums[2] + sums[3];
    return new Tally(
        settled, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
  }
}
