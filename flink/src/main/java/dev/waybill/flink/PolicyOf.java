package dev.waybill.flink;

import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.io.Serializable;

/// Makes the policy over all subtasks from what a destination suggests.
@FunctionalInterface
public interface PolicyOf extends Serializable {

  /// The policy.
  Policy of(Traits traits);
}
