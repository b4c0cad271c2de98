package dev.waybill.server.rest;

import dev.waybill.run.LiveStanding;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.work.Works;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// How the live flows that this process runs stand towards their sources, as meters.
public final class LiveMeters {

  private final Works works;
  private final MultiGauge lag;
  private final MultiGauge held;
  private final MultiGauge oldest;

  /// By flow.
  private final Map<String, LiveStanding> standings = new TreeMap<>();

  private LiveMeters(Works works, MeterRegistry meters) {
    this.works = works;
    lag = gauge("waybill.live.lag", "What a live source has and has not handed over yet", meters);
    held = gauge("waybill.live.held", "Records of a live flow on their way", meters);
    oldest =
        gauge("waybill.live.oldest.seconds", "How long the oldest of them has been so", meters);
  }

  private static MultiGauge gauge(String name, String description, MeterRegistry meters) {
    return MultiGauge.builder(name).description(description).register(meters);
  }

  /// Shows it from now on, as of the last second.
  public static void bind(Catalog catalog, Works works, MeterRegistry meters) {
    var here = new LiveMeters(works, meters);
    catalog.onRunChange(here::changed);
  }

  private synchronized void changed(FlowRun run) {
    LiveStanding now = run.state().isOver() ? null : works.standing(run).orElse(null);
    LiveStanding before =
        now == null ? standings.remove(run.flowId()) : standings.put(run.flowId(), now);
    if (now != null || before != null) {
      show(lag, standing -> standing.lag().isKnown() ? standing.lag().behind() : Double.NaN);
      show(held, LiveStanding::held);
      show(oldest, standing -> standing.oldest().toMillis() / 1_000.0);
    }
  }

  private void show(MultiGauge gauge, ToDoubleFunction<LiveStanding> value) {
    List<Row<?>> rows =
        standings.entrySet().stream()
            .<Row<?>>map(entry -> Row.of(tags(entry), value.applyAsDouble(entry.getValue())))
            .toList();
    gauge.register(rows, true);
  }

  private static Tags tags(Map.Entry<String, LiveStanding> entry) {
    String unit = entry.getValue().lag().unit().name().toLowerCase(Locale.ROOT);
    return Tags.of("flow", entry.getKey(), "unit", unit);
  }
}
