package dev.waybill.server.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Times each request by method, route and status; by route and not by address, of which there are
/// without end.
final class RequestTimes implements Filter {

  private final MeterRegistry meters;

  RequestTimes(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Timer.Sample sample = Timer.start(meters);
    response.whenSent(
        () ->
            sample.stop(
                meters.timer(
                    "http.server.requests",
                    "method",
                    method(request.prologue().method().text()),
                    "route",
                    RequestRoute.of(request),
                    "status",
                    Integer.toString(response.status().code()))));
    chain.proceed();
  }

  /// A client may invent methods.
  private static String method(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "other";
    };
  }
}
