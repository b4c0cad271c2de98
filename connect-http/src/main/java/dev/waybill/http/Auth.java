package dev.waybill.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// By what a request shows who sends it.
final class Auth {

  private Auth() {}

  /// The value of `Authorization` by the scheme `Basic` (RFC 7617, in UTF-8).
  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
