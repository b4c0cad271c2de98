package dev.waybill.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// From where a request comes: the network address of the client, without the port.
public record ClientAddress(String value) {

  /// The request's, which is noted when it comes in.
  public static String of(ServerRequest request) {
    return request.context().get(ClientAddress.class).map(ClientAddress::value).orElse("");
  }

  static ClientAddress given(ServerRequest request, HttpSettings.Proxy proxy) {
    String peer = request.remotePeer().host();
    return new ClientAddress(
        switch (proxy) {
          case NONE -> peer;
          // Those further to the front were given by the client, and may be anything.
          case TRUSTED ->
              request
                  .headers()
                  .first(HeaderNames.X_FORWARDED_FOR)
                  .map(all -> all.substring(all.lastIndexOf(',') + 1).strip())
                  .filter(last -> !last.isEmpty() && last.length() <= 64)
                  .orElse(peer);
        });
  }
}
