package dev.waybill.testkit;

import dev.waybill.Fields;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/// Every sort of simulated destination keeps the contract.
class SimulatedDestinationTest {

  private static Subject<Fields> simulation(String... more) {
    var options = new HashMap<>(Map.of("bad", "email endsWith @invalid.example"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return new SimulatedSubject(options);
  }

  @Nested
  class WithAVerdictForEachItem extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return simulation("verifiable", "true", "max-bytes", "20000");
    }
  }

  @Nested
  class RefusingWholeBatches extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return simulation("refuse", "unnamed", "single", "true", "ids", "false");
    }
  }

  @Nested
  class NamingTheBadItem extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return simulation(
          "refuse", "named", "idempotency-keys", "true", "single", "true", "verifiable", "true");
    }
  }

  @Nested
  class Upserting extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return simulation("refuse", "first", "idempotent", "true", "max-items", "20");
    }
  }

  @Nested
  class OneItemAtATime extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return simulation("unique", "email", "max-items", "1", "max-in-flight", "1");
    }
  }
}
