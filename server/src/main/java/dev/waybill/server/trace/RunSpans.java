package dev.waybill.server.trace;

import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.function.Consumer;

/// A span for each run, made when it is over.
final class RunSpans implements Consumer<FlowRun> {

  private final Tracer tracer;

  RunSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public void accept(FlowRun run) {
    if (!run.state().isOver() || run.startedAt() == null || run.completedAt() == null) {
      return;
    }
    FlowRun.Counts counts = run.counts();
    Span span =
        tracer
            .spanBuilder("run")
            .setParent(Context.root())
            .setStartTimestamp(run.startedAt())
            .setAttribute("waybill.run.id", run.id())
            .setAttribute("waybill.flow.id", run.flowId())
            .setAttribute("waybill.organisation", run.tenant().organisation())
            .setAttribute("waybill.sandbox", run.tenant().sandbox())
            .setAttribute("waybill.trigger", run.trigger().name().toLowerCase(Locale.ROOT))
            .setAttribute("waybill.records.read", counts.read())
            .setAttribute("waybill.records.delivered", counts.delivered())
            .setAttribute("waybill.records.rejected", counts.rejected())
            .setAttribute("waybill.records.unknown", counts.unknown())
            .setAttribute("waybill.records.unprocessed", counts.unprocessed())
            .setAttribute("waybill.calls", counts.calls())
            .startSpan();
    if (run.parent() != null) {
      span.setAttribute("waybill.run.parent", run.parent());
    }
    if (run.state() == State.FAILED) {
      span.setStatus(StatusCode.ERROR, run.error() == null ? "" : run.error());
    }
    span.end(run.completedAt());
  }
}
