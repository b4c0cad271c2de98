package dev.waybill.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One request as it was read.
///
/// @param path without the query
/// @param query without the question mark; empty if there is none
/// @param headers by lower-case name
/// @param body decoded from chunks and gzip
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// Whether the client wants to use the connection for more.
  boolean keepsAlive() {
    return !header("connection").toLowerCase(Locale.ROOT).contains("close");
  }

  /// The parameters of the query and of a form in the body, in their order.
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    read(query, parameters);
    if (header("content-type").startsWith("application/x-www-form-urlencoded")) {
      read(new String(body, StandardCharsets.ISO_8859_1), parameters);
    }
    return parameters;
  }

  private static void read(String form, Map<String, String> into) {
    for (int start = 0; start < form.length(); ) {
      int end = form.indexOf('&', start);
      String pair = form.substring(start, end < 0 ? form.length() : end);
      int equals = pair.indexOf('=');
      if (equals > 0) {
        into.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
      start = end < 0 ? form.length() : end + 1;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
