package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.Outcome.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHeadersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final RateHeaders headers = new RateHeaders(InstantSource.fixed(NOW));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        "0 | PT0S",
        "1.5 | PT2S",
        "Sat, 21 Nov 2026 08:00:30 GMT | PT30S",
        "Sat, 21 Nov 2026 07:59:00 GMT | PT0S",
        "999999999 | P1D",
        "1795248010 | PT10S",
      })
  void retryAfterIsSecondsOrADate(String value, Duration wait) {
    assertThat(headers.retryAfter(with("Retry-After: " + value))).isEqualTo(wait);
  }

  @Test
  void retryAfterThatIsNeitherIsAsIfItWereNotThere() {
    assertThat(headers.retryAfter(with("Retry-After: soon"))).isNull();
    assertThat(headers.retryAfter(with())).isNull();
  }

  @Test
  void withoutRetryAfterTheLimitUsedUpSaysHowLong() {
    assertThat(headers.retryAfter(with("RateLimit-Remaining: 0", "RateLimit-Reset: 7")))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void limitThatIsNotUsedUpAsksForNoRest() {
    assertThat(headers.rest(with("RateLimit-Remaining: 3", "RateLimit-Reset: 7"))).isZero();
    assertThat(headers.rest(with("RateLimit: \"default\";r=50;t=30"))).isZero();
    assertThat(headers.rest(with("RateLimit-Reset: 7"))).isZero();
  }

  @Test
  void structuredFormTellsTheLongestWaitOfTheLimitsUsedUp() {
    assertThat(headers.rest(with("RateLimit: \"default\";r=0;t=30")))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(headers.rest(with("RateLimit: \"a\";r=0;t=3, \"b\";r=0; t=9, \"c\";r=5;t=60")))
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void customaryHeadersNameSecondsOrATimeSince1970() {
    assertThat(headers.rest(with("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 12")))
        .isEqualTo(Duration.ofSeconds(12));
    long epoch = NOW.getEpochSecond() + 12;
    assertThat(headers.rest(with("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + epoch)))
        .isEqualTo(Duration.ofSeconds(12));
    assertThat(
            headers.rest(with("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + epoch + "000")))
        .isEqualTo(Duration.ofSeconds(12));
  }

  private static Response with(String... lines) {
    var parsed =
        Arrays.stream(lines)
            .map(line -> line.split(": ", 2))
            .map(pair -> new Header(pair[0], pair[1]))
            .toList();
    return new Response(429, parsed, new byte[0]);
  }
}
