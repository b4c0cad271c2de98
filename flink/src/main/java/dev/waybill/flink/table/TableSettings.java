package dev.waybill.flink.table;

import dev.waybill.delivery.Policy;
import dev.waybill.flink.PolicyChange;
import org.jspecify.annotations.Nullable;

/// How a table is delivered, where its options say so; null where they do not.
record TableSettings(
    @Nullable Integer batchSize,
    @Nullable Integer concurrency,
    @Nullable Double rate,
    @Nullable Integer maxAttempts)
    implements PolicyChange {

  @Override
  public Policy.Builder apply(Policy.Builder policy) {
    if (batchSize != null) {
      policy.batchItems(batchSize);
    }
    if (concurrency != null) {
      policy.inFlight(concurrency);
    }
    if (rate != null) {
      policy.callsPerSecond(rate);
    }
    if (maxAttempts != null) {
      policy.maxAttempts(maxAttempts);
    }
    return policy;
  }
}
