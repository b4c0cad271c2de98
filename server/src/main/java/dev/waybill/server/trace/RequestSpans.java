package dev.waybill.server.trace;

import dev.waybill.server.http.RequestId;
import dev.waybill.server.http.RequestRoute;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/// A span for each request; attributes by OpenTelemetry's semantic conventions for HTTP.
final class RequestSpans implements Filter {

  private static final TextMapGetter<RoutingRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(RoutingRequest request) {
          return request.headers().stream().map(header -> header.headerName().lowerCase()).toList();
        }

        @Override
        public @Nullable String get(@Nullable RoutingRequest request, String key) {
          return request == null
              ? null
              : request.headers().first(HeaderNames.create(key)).orElse(null);
        }
      };

  private final Tracer tracer;

  RequestSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
    String method = request.prologue().method().text();
    Span span =
        tracer
            .spanBuilder(method)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .setAttribute("url.path", request.prologue().uriPath().rawPath())
            .setAttribute("waybill.request.id", RequestId.of(request))
            .startSpan();
    response.whenSent(
        () -> {
          String route = RequestRoute.of(request);
          span.updateName(method + " " + route).setAttribute("http.route", route);
          int status = response.status().code();
          span.setAttribute("http.response.status_code", (long) status);
          if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
          }
          span.end();
        });
    chain.proceed();
  }
}
