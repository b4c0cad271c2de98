package dev.waybill.server.http;

import dev.waybill.UserException;
import dev.waybill.server.catalog.StaleException;
import io.helidon.http.HttpException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a request is not answered as it was meant; each [Area] gives it its own form.
public class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;
  private final transient Map<String, String> headers;

  /// @param title a few words for the kind of problem
  /// @param detail one sentence: what, where, and what to do
  /// @param headers to be sent with it
  public HttpProblem(int status, String title, String detail, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = Map.copyOf(headers);
  }

  /// A problem without headers of its own.
  public HttpProblem(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  public static HttpProblem badRequest(String detail) {
    return new HttpProblem(400, "Invalid request", detail);
  }

  public static HttpProblem forbidden(String detail) {
    return new HttpProblem(403, "Forbidden", detail);
  }

  public static HttpProblem notFound(String detail) {
    return new HttpProblem(404, "Resource not found", detail);
  }

  /// One request too many.
  ///
  /// @param retryAfter rounded up to whole seconds, as RFC 9110, section 10.2.3 has it
  public static HttpProblem tooManyRequests(Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
    return new HttpProblem(
        429,
        "Too many requests",
        "There are more requests than are taken; come back in "
            + (seconds == 1 ? "1 second." : seconds + " seconds."),
        Map.of("Retry-After", Long.toString(seconds)));
  }

  /// What a failure means to the one who asked; null if it is a bug.
  static @Nullable HttpProblem of(Throwable failure) {
    return switch (failure) {
      case HttpProblem problem -> problem;
      case StaleException stale ->
          new HttpProblem(412, "Version not matching", String.valueOf(stale.getMessage()));
      case UserException user when user.getCause() instanceof SQLException ->
          new HttpProblem(
              503,
              "Service Unavailable",
              String.valueOf(user.getMessage()),
              Map.of("Retry-After", "5"));
      case UserException user -> badRequest(String.valueOf(user.getMessage()));
      case HttpException http when http.status().code() < 500 -> ofStatus(http.status().code());
      default -> null;
    };
  }

  /// What the server itself refuses, by its status.
  static HttpProblem ofStatus(int status) {
    return switch (status) {
      case 404 -> notFound("There is nothing at this address.");
      case 405 -> new HttpProblem(405, "Method not allowed", "This address has no such method.");
      case 413 ->
          new HttpProblem(413, "Request too large", "The request's body is longer than is taken.");
      case 414 -> new HttpProblem(414, "Address too long", "The request's address is too long.");
      case 431 ->
          new HttpProblem(431, "Headers too large", "The request's headers are longer than taken.");
      default -> new HttpProblem(status, "Invalid request", "The request can not be read as HTTP.");
    };
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// One sentence: what, where, and what to do.
  public String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, String> headers() {
    return headers;
  }
}
