package dev.waybill.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Reply;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Bookmark;
import dev.waybill.run.LiveRun;
import dev.waybill.run.LiveSupply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Traits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveRunMetricsTest {

  private static final LiveSource BEHIND_BY_42 =
      new LiveSource() {
        @Override
        public FieldNames columns() {
          return FieldNames.of();
        }

        @Override
        public @Nullable String name() {
          return null;
        }

        @Override
        public void start(Host host) {}

        @Override
        public void poll(Intake<Fields> intake, int most, Duration wait) {}

        @Override
        public void settled(Map<String, Position> upTo) {}

        @Override
        public Lag lag() {
          return Lag.records(42);
        }

        @Override
        public void close() {}
      };

  private static final Bookmark NONE =
      new Bookmark() {
        @Override
        public @Nullable String read() {
          return null;
        }

        @Override
        public void write(String text) {}
      };

  private static final Destination<Fields> OPEN =
      new Destination<>() {
        @Override
        public Traits traits() {
          return Traits.of(Traits.Idempotence.IDEMPOTENT);
        }

        @Override
        public Reply send(Batch<Fields> batch) {
          return Reply.accepted(batch.size());
        }

        @Override
        public void close() {}
      };

  @Test
  void lagOfALiveRunIsSeenInTheRegistry() {
    var policy = Policy.forTraits(OPEN.traits()).parkAfter(Duration.ofMinutes(1)).build();
    var run =
        new LiveRun<>(
            "run",
            new LiveSupply<Fields>(BEHIND_BY_42, next -> next, NONE),
            OPEN,
            policy,
            Journal.none(),
            Recovery.none(),
            settlement -> {},
            null);
    var registry = new SimpleMeterRegistry();
    new LiveRunMetrics(run, "orders").bindTo(registry);

    assertThat(lag(registry, "records")).isEqualTo(42);
    assertThat(lag(registry, "bytes")).isNaN();
    assertThat(registry.get("waybill.live.held").tag("flow", "orders").gauge().value()).isZero();
    assertThat(registry.get("waybill.live.oldest").timeGauge().value()).isZero();
    assertThat(registry.get("waybill.live.items").tag("end", "delivered").functionCounter().count())
        .isZero();
  }

  private static double lag(SimpleMeterRegistry registry, String unit) {
    return registry.get("waybill.live.lag").tag("unit", unit).gauge().value();
  }
}
