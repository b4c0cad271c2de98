package dev.waybill.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/// The headers that every answer has, so that a browser keeps to what the server is for.
final class SecurityHeaders {

  /// Scripts and styles only as files of this server: nothing that stands in a page is run.
  private static final String CONTENT_SECURITY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action"
          + " 'self'; frame-ancestors 'none'";

  private static final Header NOT_KEPT = header("Cache-Control", "no-store");

  private final List<Header> headers;

  SecurityHeaders(HttpSettings settings) {
    headers =
        new ArrayList<>(
            List.of(
                header("Content-Security-Policy", CONTENT_SECURITY),
                header("X-Content-Type-Options", "nosniff"),
                header("Referrer-Policy", "same-origin"),
                header("Cross-Origin-Opener-Policy", "same-origin"),
                header("Cross-Origin-Resource-Policy", "same-origin")));
    if (settings.tls() != null) {
      headers.add(header("Strict-Transport-Security", "max-age=31536000"));
    }
  }

  private static Header header(String name, String value) {
    return HeaderValues.createCached(HeaderNames.create(name), value);
  }

  /// Sets those that are not set; what is not static is not to be kept by anybody.
  void on(ServerResponse response) {
    headers.forEach(header -> response.headers().setIfAbsent(header));
    response.headers().setIfAbsent(NOT_KEPT);
  }
}
