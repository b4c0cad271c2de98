package dev.waybill.micrometer;

import dev.waybill.delivery.Tally;
import dev.waybill.run.Dispatcher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// Shows a dispatcher in a registry: `new DispatcherMetrics(orders, "orders").bindTo(registry)`.
///
/// | meter | kind | what |
/// |---|---|---|
/// | `waybill.items` with tag `end` | counter | items by their end: `delivered`, `rejected`, `unknown`, `unprocessed` |
/// | `waybill.submitted` | counter | items that were submitted |
/// | `waybill.calls` with tag `outcome` | counter | calls: `all`, `failed`, `throttled` |
/// | `waybill.retries` | counter | calls that repeated an earlier one |
/// | `waybill.in.flight` | gauge | calls under way |
/// | `waybill.held` | gauge | items on their way |
/// | `waybill.throttled` | time gauge | how long the destination was not to be called, in all |
/// | `waybill.batch.fill` | gauge | items in a call on average, as a share of the batch size |
///
/// All have the tag `dispatcher`. Counters begin anew when a dispatcher makes a new start after its
/// destination was given up.
public final class DispatcherMetrics implements MeterBinder {

  private final Dispatcher<?> dispatcher;
  private final Tags tags;

  /// @param name the value of the tag `dispatcher`
  public DispatcherMetrics(Dispatcher<?> dispatcher, String name) {
    this.dispatcher = dispatcher;
    this.tags = Tags.of("dispatcher", name);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "waybill.submitted", tags, Tally::offered);
    counter(registry, "waybill.items", tags.and("end", "delivered"), Tally::delivered);
    counter(registry, "waybill.items", tags.and("end", "rejected"), Tally::rejected);
    counter(registry, "waybill.items", tags.and("end", "unknown"), Tally::unknown);
    counter(registry, "waybill.items", tags.and("end", "unprocessed"), Tally::unprocessed);
    counter(registry, "waybill.calls", tags.and("outcome", "all"), Tally::calls);
    counter(registry, "waybill.calls", tags.and("outcome", "failed"), Tally::failedCalls);
    counter(registry, "waybill.calls", tags.and("outcome", "throttled"), Tally::throttledCalls);
    counter(registry, "waybill.retries", tags, Tally::retries);
    Gauge.builder("waybill.in.flight", dispatcher, source -> source.standing().inFlight())
        .tags(tags)
        .register(registry);
    Gauge.builder("waybill.held", dispatcher, source -> source.tally().held())
        .tags(tags)
        .register(registry);
    TimeGauge.builder(
            "waybill.throttled",
            dispatcher,
            TimeUnit.MILLISECONDS,
            source -> source.standing().closed().toMillis())
        .tags(tags)
        .register(registry);
    Gauge.builder("waybill.batch.fill", dispatcher, DispatcherMetrics::batchFill)
        .tags(tags)
        .register(registry);
  }

  private static double batchFill(Dispatcher<?> dispatcher) {
    Tally tally = dispatcher.tally();
    return tally.calls() == 0
        ? Double.NaN
        : (double) tally.settled() / tally.calls() / dispatcher.batchItems();
  }

  private void counter(
      MeterRegistry registry, String name, Tags tagged, ToDoubleFunction<Tally> count) {
    FunctionCounter.builder(name, dispatcher, source -> count.applyAsDouble(source.tally()))
        .tags(tagged)
        .register(registry);
  }
}
