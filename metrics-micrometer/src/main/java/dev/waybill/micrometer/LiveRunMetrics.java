package dev.waybill.micrometer;

import dev.waybill.delivery.Tally;
import dev.waybill.run.LiveRun;
import dev.waybill.run.LiveStanding;
import dev.waybill.spi.Lag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/// Shows a live run in a registry: `new LiveRunMetrics(run, "orders").bindTo(registry)`.
///
/// | meter | kind | what |
/// |---|---|---|
/// | `waybill.live.items` with tag `end` | counter | items by their end: `delivered`, `rejected`, `unknown`, `unprocessed` |
/// | `waybill.live.lag` with tag `unit` | gauge | what the source has and has not handed over yet: `records`, or `bytes` of a log; NaN while that is not known |
/// | `waybill.live.held` | gauge | records that were handed over and have not come to their end |
/// | `waybill.live.oldest` | time gauge | how long the one of them that is here longest has been |
///
/// All have the tag `flow`.
public final class LiveRunMetrics implements MeterBinder {

  private final LiveRun<?> run;
  private final Tags tags;

  /// @param flow the value of the tag `flow`
  public LiveRunMetrics(LiveRun<?> run, String flow) {
    this.run = run;
    this.tags = Tags.of("flow", flow);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    items(registry, "delivered", Tally::delivered);
    items(registry, "rejected", Tally::rejected);
    items(registry, "unknown", Tally::unknown);
    items(registry, "unprocessed", Tally::unprocessed);
    for (Lag.Unit unit : Lag.Unit.values()) {
      String word =
          switch (unit) {
            case RECORDS -> "records";
            case BYTES -> "bytes";
          };
      Gauge.builder("waybill.live.lag", run, source -> lag(source.standing().lag(), unit))
          .tags(tags.and("unit", word))
          .register(registry);
    }
    Gauge.builder("waybill.live.held", run, source -> source.standing().held())
        .tags(tags)
        .register(registry);
    TimeGauge.builder("waybill.live.oldest", run, TimeUnit.MILLISECONDS, LiveRunMetrics::oldest)
        .tags(tags)
        .register(registry);
  }

  private static double lag(Lag lag, Lag.Unit unit) {
    return lag.isKnown() && lag.unit() == unit ? lag.behind() : Double.NaN;
  }

  private static double oldest(LiveRun<?> run) {
    LiveStanding standing = run.standing();
    return standing.oldest().toMillis();
  }

  private interface Count {
    long of(Tally tally);
  }

  private void items(MeterRegistry registry, String end, Count count) {
    FunctionCounter.builder(
            "waybill.live.items", run, source -> count.of(source.progress().tally()))
        .tags(tags.and("end", end))
        .register(registry);
  }
}
