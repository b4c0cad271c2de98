package dev.waybill.server.http;

import io.helidon.webserver.http.ServerRequest;

/// Which of the routes served a request: `/runs/{id}`, of which there are few, where addresses are
/// without end.
public final class RequestRoute {

  private RequestRoute() {}

  /// The route; `none` if no area has one for it. Known once the request was routed.
  public static String of(ServerRequest request) {
    // What is registered at the root has its slash twice.
    return request.matchingPattern().map(route -> route.replace("//", "/")).orElse("none");
  }
}
