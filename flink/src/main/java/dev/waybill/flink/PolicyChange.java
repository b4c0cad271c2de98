package dev.waybill.flink;

import dev.waybill.delivery.Policy;
import java.io.Serializable;

/// Changes to the policy that a destination suggests, over all subtasks: `policy ->
/// policy.callsPerSecond(50)`.
@FunctionalInterface
public interface PolicyChange extends Serializable {

  /// Applies them.
  Policy.Builder apply(Policy.Builder policy);
}
