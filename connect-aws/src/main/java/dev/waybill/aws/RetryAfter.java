package dev.waybill.aws;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The header `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3).
final class RetryAfter {

  private RetryAfter() {}

  /// How long the service asks to wait; null if it does not say.
  static @Nullable Duration of(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details == null || details.sdkHttpResponse() == null) {
      return null;
    }
    String value = details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(null);
    return value == null ? null : parse(value.strip(), Instant.now());
  }

  static @Nullable Duration parse(String value, Instant now) {
    try {
      return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000));
    } catch (NumberFormatException e) {
      // a date, or nothing that can be understood
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
