package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/// The contract of all destinations, held against a whole API in each way that it can refuse.
class HttpContractTest {

  @Nested
  class EachRecordHasAResult extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return new SimulatedApi(Map.of(), Map.of());
    }
  }

  @Nested
  class RefusedBatchNamesTheRecords extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return new SimulatedApi(
          Map.of("refuse", "named"), Map.of("body", "object", "max-bytes", "20000"));
    }
  }

  @Nested
  class IdempotencyKeysAreRemembered extends DestinationContract<Fields> {
    @Override
    protected Subject<Fields> subject() {
      return new SimulatedApi(
          Map.of("idempotency-keys", "true", "refuse", "unnamed"),
          Map.of("idempotency-key-header", "Idempotency-Key"));
    }
  }
}
