package dev.waybill.sim;

import dev.waybill.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is answered.
///
/// @param retryAfter what the Retry-After header says; null for none
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpResponse(int status, String contentType, @Nullable Duration retryAfter, byte[] body) {

  static HttpResponse json(int status, byte[] json) {
    return new HttpResponse(status, "application/json", null, json);
  }

  static HttpResponse json(int status, Map<String, ?> value) {
    return json(status, Json.bytes(value));
  }

  static HttpResponse text(int status, String text) {
    return new HttpResponse(
        status, "text/plain; charset=utf-8", null, text.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse retryAfter(@Nullable Duration wait) {
    return new HttpResponse(status, contentType, wait, body);
  }

  /// Head and body as they go over the wire.
  byte[] bytes() {
    var head = new StringBuilder(160);
    head.append("HTTP/1.1 ").append(status).append(' ').append(phrase());
    head.append("\r\nContent-Type: ").append(contentType);
    head.append("\r\nContent-Length: ").append(body.length);
    if (retryAfter != null) {
      // whole seconds, RFC 9110, 10.2.3; rounded up, so that who obeys is not early
      head.append("\r\nRetry-After: ").append(retryAfter.plusNanos(999_999_999).toSeconds());
    }
    byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[start.length + body.length];
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(body, 0, bytes, start.length, body.length);
    return bytes;
  }

  private String phrase() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Other";
    };
  }
}
