package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.json.Json;
import dev.waybill.search.Outcome.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What an answer says of a request as a whole.
///
/// @param clock for a `Retry-After` that is a date
record Answers(InstantSource clock) {

  /// The reply that a status means for all records of a call; null for 200, by which each has its
  /// own.
  @Nullable Reply whole(Answer answer) {
    int status = answer.status();
    if (status == 200) {
      return null;
    }
    Reason reason = reason(answer);
    return switch (status) {
      case 413 -> new Reply.TooLarge(reason);
      case 429 -> new Reply.Throttled(reason, retryAfter(answer));
      case 503 -> new Reply.Unavailable(reason, retryAfter(answer));
      case 401, 403, 404, 405, 406, 407 -> new Reply.Fatal(reason);
      // A gateway's, or of an answer that was given up on.
      case 408 -> new Reply.InDoubt(reason);
      default -> {
        if (status >= 300 && status < 400) {
          yield new Reply.Fatal(
              Reason.of(
                  String.valueOf(status),
                  "the server sends the call elsewhere; check the address"));
        }
        yield status >= 400 && status < 500 ? new Reply.Refused(reason) : new Reply.InDoubt(reason);
      }
    };
  }

  /// The code and the words of an answer that is an error.
  static Reason reason(Answer answer) {
    String status = String.valueOf(answer.status());
    Object error = parsed(answer) instanceof Fields body ? body.get("error") : null;
    if (error == null) {
      String text = new String(answer.body(), UTF_8);
      return Reason.of(
          status,
          "the server answered with status "
              + status
              + (text.isBlank() ? "" : ": " + Text.oneLine(text)));
    }
    return reason(error, status);
  }

  /// The code and the words of an error, its causes included.
  static Reason reason(Object error, String status) {
    if (!(error instanceof Fields fields)) {
      return Reason.of(status, Text.oneLine(error.toString()));
    }
    String type = fields.text("type");
    var words = new StringBuilder();
    for (Object cause = fields; cause instanceof Fields one; cause = one.get("caused_by")) {
      String text = one.text("reason");
      // Outer errors often repeat the words of those within.
      if (text != null && !text.isBlank() && words.indexOf(text) < 0) {
        words.append(words.isEmpty() ? "" : ": ").append(text);
      }
    }
    return Reason.of(
        type == null ? status : type,
        words.isEmpty() ? "the server gives no reason" : Text.oneLine(words.toString()));
  }

  /// The answer's JSON; null if it is none.
  static @Nullable Object parsed(Answer answer) {
    try {
      return Json.read(answer.body());
    } catch (JacksonException e) {
      return null;
    }
  }

  /// `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3); null if it does not say.
  private @Nullable Duration retryAfter(Answer answer) {
    String value = answer.retryAfter();
    if (value == null) {
      return null;
    }
    try {
      long seconds = Long.parseLong(value.strip());
      return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, 86_400));
    } catch (NumberFormatException e) {
      // a date, or nothing that can be understood
    }
    try {
      Instant until =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
