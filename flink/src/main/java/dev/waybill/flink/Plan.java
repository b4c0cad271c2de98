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

  /// Makes the policy over all subtasks.
  interface PolicyOf extends Serializable {
    Policy of(Traits traits);
  }

  /// The policy over all subtasks.
  Policy policy(Traits traits) {
    Policy given = policy.of(traits);
    return order == Policy.Order.PER_KEY ? given.order(Policy.Order.PER_KEY) : given;
  }
}
