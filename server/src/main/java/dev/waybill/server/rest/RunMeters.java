package dev.waybill.server.rest;

import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Runs, records and calls as meters. Runs that wait or go on are those of all processes; what is
/// counted is what this process did.
public final class RunMeters {

  private final MeterRegistry meters;

  /// What was counted of runs that are not over, by id.
  private final Map<String, Counts> counted = new HashMap<>();

  private RunMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /// Counts from now on.
  public static void bind(Catalog catalog, MeterRegistry meters) {
    var here = new RunMeters(meters);
    for (State state : new State[] {State.QUEUED, State.RUNNING}) {
      Gauge.builder("waybill.runs", catalog, all -> unfinished(all, state))
          .tag("state", name(state))
          .description("Runs that are not over")
          .register(meters);
    }
    catalog.onRunChange(here::changed);
  }

  private static double unfinished(Catalog catalog, State state) {
    return catalog.unfinished().stream().filter(run -> run.state() == state).count();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private synchronized void changed(FlowRun run) {
    Counts before = counted.getOrDefault(run.id(), Counts.NONE);
    Counts now = run.counts();
    records("delivered", now.delivered() - before.delivered());
    records("rejected", now.rejected() - before.rejected());
    records("unknown", now.unknown() - before.unknown());
    records("unprocessed", now.unprocessed() - before.unprocessed());
    add(
        Counter.builder("waybill.calls").description("Calls made to destinations"),
        now.calls() - before.calls());
    if (run.state().isOver()) {
      counted.remove(run.id());
      add(
          Counter.builder("waybill.runs.completed")
              .description("Runs that are over")
              .tag("state", name(run.state())),
          1);
    } else if (run.state() == State.RUNNING) {
      counted.put(run.id(), now);
    }
  }

  private void records(String disposition, long more) {
    add(
        Counter.builder("waybill.records")
            .description("Records that came to their end")
            .tag("disposition", disposition),
        more);
  }

  private void add(Counter.Builder counter, long more) {
    if (more > 0) {
      counter.register(meters).increment((double) more);
    }
  }
}
