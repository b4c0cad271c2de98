package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(RetryAfter.parse("3", NOW)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void dateIsTheTimeUntilThen() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 08:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void dateThatHasPassedIsNow() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 07:00:00 GMT", NOW)).isZero();
  }

  @Test
  void anythingElseSaysNothing() {
    assertThat(RetryAfter.parse("soon", NOW)).isNull();
  }
}
