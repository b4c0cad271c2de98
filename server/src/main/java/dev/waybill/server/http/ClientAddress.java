package dev.waybill.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// Where a request comes from.
final class ClientAddress {

  private final HttpSettings.Proxy proxy;

  ClientAddress(HttpSettings.Proxy proxy) {
    this.proxy = proxy;
  }

  String of(ServerRequest request) {
    String peer = request.remotePeer().host();
    return switch (proxy) {
      case NONE -> peer;
      // Those further to the front were given by the client, and may be anything.
      case TRUSTED ->
          request
              .headers()
              .first(HeaderNames.X_FORWARDED_FOR)
              .map(all -> all.substring(all.lastIndexOf(',') + 1).strip())
              .filter(last -> !last.isEmpty() && last.length() <= 64)
              .orElse(peer);
    };
  }
}
