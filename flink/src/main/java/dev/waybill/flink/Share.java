package dev.waybill.flink;

import dev.waybill.UserException;
import dev.waybill.delivery.GiveUp;
import dev.waybill.delivery.Policy;

/// One subtask's part of what all together may do. The parts never add up to more than the whole.
///
/// @param index which subtask, from 0
/// @param parallelism how many there are
record Share(int index, int parallelism) {

  /// The policy of this subtask.
  ///
  /// @throws UserException if there are more subtasks than calls at a time
  Policy of(Policy whole) {
    int calls = whole.inFlight() / parallelism + (index < whole.inFlight() % parallelism ? 1 : 0);
    if (calls == 0) {
      throw new UserException(
          ("%,d calls at a time can not be shared by %,d subtasks: set the parallelism of the"
                  + " delivery to %,d at the most, or allow more calls at a time")
              .formatted(whole.inFlight(), parallelism, whole.inFlight()));
    }
    return new Policy(
        whole.batchItems(),
        calls,
        whole.concurrency(),
        whole.callsPerSecond() / parallelism,
        whole.itemsPerSecond() / parallelism,
        whole.linger(),
        whole.maxAttempts(),
        whole.rejectedRetries(),
        whole.singleAfter(),
        whole.backoff(),
        Math.max(1, whole.retryBudget() / parallelism),
        whole.order(),
        whole.patience(),
        of(whole.giveUp()),
        held(whole, calls),
        whole.heldBytes(),
        whole.parkAfter());
  }

  private GiveUp of(GiveUp whole) {
    return whole.rejected() == Long.MAX_VALUE
        ? whole
        : whole.rejected(Math.ceilDiv(whole.rejected(), parallelism));
  }

  /// As many batches beyond those under way as the whole holds, and one in the making.
  private static int held(Policy whole, int calls) {
    long batches = calls + calls / 4 + 2L;
    return (int) Math.min(whole.heldItems(), batches * whole.batchItems());
  }
}
