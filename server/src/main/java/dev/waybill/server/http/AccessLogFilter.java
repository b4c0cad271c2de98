package dev.waybill.server.http;

import dev.waybill.server.access.Caller;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.TimeUnit;

/// A line for each request: who, what, how it ended, bytes, milliseconds. Never the query, in which
/// a careless client may have put a secret.
final class AccessLogFilter implements Filter {

  private static final System.Logger LOG = System.getLogger("dev.waybill.server.access");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long began = System.nanoTime();
    response.whenSent(
        () ->
            LOG.log(
                System.Logger.Level.INFO,
                "{0} {1} {2} {3} {4} {5}B {6}ms {7}",
                ClientAddress.of(request),
                request.context().get(Caller.class).map(Caller::name).orElse("-"),
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                Integer.toString(response.status().code()),
                Long.toString(response.bytesWritten()),
                Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)),
                RequestId.of(request)));
    chain.proceed();
  }
}
