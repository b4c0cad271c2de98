package dev.waybill.flink;

import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.io.Serializable;

/// What all subtasks of a delivery are told alike.
///
/// @param name the run's name, in idempotency keys too
record Plan<T>(
    String name, Opener<T> opener, PolicyOf policy, Policy.Order order, WhenGivenUp whenGivenUp)
    implements Serializable {

  /// The policy over all subtasks.
  Policy policy(Traits traits) {
    Policy given = policy.of(traits);
    return order == Policy.Order.PER_KEY ? given.order(Policy.Order.PER_KEY) : given;
  }
}
