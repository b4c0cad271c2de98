package dev.waybill.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.run.Dispatcher;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatcherMetricsTest {

  private static final Verdict REJECTED =
      new Verdict.Rejected(Reason.of("no"), Verdict.Rejected.Kind.PERMANENT);

  private static final Destination<String> EVEN_ONLY =
      new Destination<>() {
        @Override
        public Traits traits() {
          return Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
        }

        @Override
        public Reply send(Batch<String> batch) {
          return new Reply.Answered(
              batch.items().stream()
                  .map(Item::payload)
                  .map(text -> text.length() % 2 == 0 ? Verdict.Accepted.WITHOUT_ID : REJECTED)
                  .toList());
        }

        @Override
        public void close() {}
      };

  @Test
  void whatADispatcherDoesIsSeenInTheRegistry() throws Exception {
    var registry = new SimpleMeterRegistry();
    try (var dispatcher = Dispatcher.to(EVEN_ONLY).policy(policy -> policy.batchItems(4)).open()) {
      new DispatcherMetrics(dispatcher, "words").bindTo(registry);
      for (String word : List.of("one", "three", "four", "six!", "eleven", "no!")) {
        dispatcher.submit(word);
      }
      dispatcher.flush();

      assertThat(count(registry, "waybill.submitted")).isEqualTo(6);
      assertThat(ended(registry, "delivered")).isEqualTo(3);
      assertThat(ended(registry, "rejected")).isEqualTo(3);
      assertThat(ended(registry, "unknown")).isZero();
      assertThat(registry.get("waybill.calls").tag("outcome", "all").functionCounter().count())
          .isEqualTo(2);
      assertThat(registry.get("waybill.batch.fill").gauge().value()).isEqualTo(0.75);
      assertThat(registry.get("waybill.held").gauge().value()).isZero();
      assertThat(registry.get("waybill.throttled").tag("dispatcher", "words").timeGauge().value())
          .isZero();
    }
  }

  private static double count(SimpleMeterRegistry registry, String name) {
    return registry.get(name).functionCounter().count();
  }

  private static double ended(SimpleMeterRegistry registry, String end) {
    return registry.get("waybill.items").tag("end", end).functionCounter().count();
  }
}
