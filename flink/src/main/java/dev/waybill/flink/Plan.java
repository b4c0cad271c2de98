package dev.waybill.flink;

import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.io.Serializable;
import java.time.Duration;

/// What all subtasks of a delivery are told alike.
///
/// @param name the run's name, in idempotency keys too
record Plan<T>(
    String name, Opener<T> opener, PolicyChange change, Policy.Order order, WhenGivenUp whenGivenUp)
    implements Serializable {

  /// How long an item waits for its batch to fill: a stream may pause for ever.
  private static final Duration LINGER = Duration.ofMillis(100);

  /// The policy over all subtasks.
  Policy policy(Traits traits) {
    Policy.Builder policy = change.apply(Policy.forTraits(traits).linger(LINGER));
    return order == Policy.Order.PER_KEY
        ? policy.order(Policy.Order.PER_KEY).build()
        : policy.build();
  }
}
