package dev.waybill.server.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// What the browser remembers besides the session: choices, nothing secret.
final class Cookies {

  static final String SANDBOX = "waybill-sandbox";
  static final String THEME = "waybill-theme";
  static final HeaderName HX_REQUEST = HeaderNames.create("HX-Request");

  /// A year.
  private static final long LIFETIME_SECONDS = 31_536_000;

  private Cookies() {}

  /// The whole `Cookie` header; empty if there is none.
  static String header(ServerRequest request) {
    return request.headers().first(HeaderNames.COOKIE).orElse("");
  }

  /// Its value; empty if it is not there.
  static String read(ServerRequest request, String name) {
    for (String pair : header(request).split(";", -1)) {
      String cookie = pair.strip();
      if (cookie.startsWith(name + "=")) {
        return cookie.substring(name.length() + 1);
      }
    }
    return "";
  }

  /// @param value of letters, digits and `@ . _ -`, as names of sandboxes are
  static void set(ServerResponse response, String name, String value) {
    response
        .headers()
        .add(
            HeaderNames.SET_COOKIE,
            name + "=" + value + "; Path=/; SameSite=Lax; HttpOnly; Max-Age=" + LIFETIME_SECONDS);
  }

  /// `light`, `dark`, or empty to follow the system.
  static String theme(ServerRequest request) {
    return switch (read(request, THEME)) {
      case "light" -> "light";
      case "dark" -> "dark";
      default -> "";
    };
  }
}
