package dev.waybill.http;

import dev.waybill.http.Outcome.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an answer's headers say of how long to stay away: `Retry-After` (RFC 9110, section 10.2.3),
/// `RateLimit` and `RateLimit-*` (draft-ietf-httpapi-ratelimit-headers, the structured form and the
/// older one), and the customary `X-RateLimit-*`.
///
/// Safe for use by many threads.
public final class RateHeaders {

  /// A number of seconds above this (some 30 years) is a point in time, in seconds since 1970;
  /// above the next, in milliseconds. APIs do all three in `X-RateLimit-Reset`.
  private static final long LEAST_EPOCH_SECONDS = 1_000_000_000L;

  private static final long LEAST_EPOCH_MILLIS = 1_000_000_000_000L;

  /// Nobody waits longer than this for a header's sake; a bigger number is a mistake of the server.
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern SECONDS = Pattern.compile("\\s*(\\d{1,15})(?:\\.\\d+)?\\s*");
  private static final Pattern REMAINING = Pattern.compile(";\\s*r=(\\d{1,15})");
  private static final Pattern RESET = Pattern.compile(";\\s*t=(\\d{1,15})");

  private final InstantSource clock;

  /// @param clock tells the time for headers that name a date
  public RateHeaders(InstantSource clock) {
    this.clock = clock;
  }

  /// How long the answer asks to wait before the next call: what `Retry-After` says, or else when a
  /// limit that is used up is renewed. Null if it does not say; never negative, nor above a day.
  public @Nullable Duration retryAfter(Response answer) {
    String value = answer.header("Retry-After");
    Duration wait = value == null ? null : secondsOrDate(value);
    if (wait != null) {
      return wait;
    }
    Duration rest = rest(answer);
    return rest.isZero() ? null : rest;
  }

  /// How long until the limit that this answer says is used up is renewed; zero if none is.
  public Duration rest(Response answer) {
    Duration rest = structured(answer.header("RateLimit"));
    if (rest.isZero()) {
      rest = pair(answer, "RateLimit-Remaining", "RateLimit-Reset");
    }
    return rest.isZero() ? pair(answer, "X-RateLimit-Remaining", "X-RateLimit-Reset") : rest;
  }

  /// `"default";r=0;t=30`, several of them separated by commas: the longest wait of those used up.
  private Duration structured(@Nullable String value) {
    Duration longest = Duration.ZERO;
    if (value != null) {
      for (String limit : value.split(",", -1)) {
        Matcher remaining = REMAINING.matcher(limit);
        Matcher reset = RESET.matcher(limit);
        if (remaining.find() && reset.find() && Long.parseLong(remaining.group(1)) == 0) {
          Duration wait = bounded(Duration.ofSeconds(Long.parseLong(reset.group(1))));
          longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
      }
    }
    return longest;
  }

  private Duration pair(Response answer, String remainingName, String resetName) {
    String remaining = answer.header(remainingName);
    String reset = answer.header(resetName);
    if (remaining == null || reset == null) {
      return Duration.ZERO;
    }
    Matcher left = SECONDS.matcher(remaining);
    if (!left.matches() || Long.parseLong(left.group(1)) > 0) {
      return Duration.ZERO;
    }
    Duration wait = secondsOrDate(reset);
    return wait == null ? Duration.ZERO : wait;
  }

  private @Nullable Duration secondsOrDate(String value) {
    Matcher seconds = SECONDS.matcher(value);
    if (seconds.matches()) {
      long number = Long.parseLong(seconds.group(1));
      if (number >= LEAST_EPOCH_MILLIS) {
        return until(Instant.ofEpochMilli(number));
      }
      return number >= LEAST_EPOCH_SECONDS
          ? until(Instant.ofEpochSecond(number))
          // A fraction is rounded up: a moment too early is one more refused call.
          : bounded(Duration.ofSeconds(value.contains(".") ? number + 1 : number));
    }
    try {
      return until(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from));
    } catch (DateTimeException e) {
      return null; // neither of the two forms: as if it were not there
    }
  }

  private Duration until(Instant time) {
    return bounded(Duration.between(clock.instant(), time));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
