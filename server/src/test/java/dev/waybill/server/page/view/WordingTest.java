package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void sharesAreNeverRoundedToAllOrNothing() {
    assertThat(Wording.percent(999_999, 1_000_000)).isEqualTo("> 99.99 %");
    assertThat(Wording.percent(1, 1_000_000)).isEqualTo("< 0.01 %");
    assertThat(Wording.percent(9_998, 10_000)).isEqualTo("99.98 %");
    assertThat(Wording.percent(1, 3)).isEqualTo("33 %");
    assertThat(Wording.percent(3, 3)).isEqualTo("100 %");
    assertThat(Wording.percent(0, 0)).isEqualTo("0 %");
  }

  @Test
  void timesAreToldInOneOrTwoUnits() {
    assertThat(Wording.length(Duration.ofMillis(420))).isEqualTo("420 ms");
    assertThat(Wording.length(Duration.ofMillis(4_200))).isEqualTo("4.2 s");
    assertThat(Wording.length(Duration.ofSeconds(96))).isEqualTo("1 min 36 s");
    assertThat(Wording.length(Duration.ofHours(26))).isEqualTo("1 d 2 h");
    assertThat(Wording.length(Duration.ofHours(1))).isEqualTo("1 h");
  }

  @Test
  void distancesGoBothWays() {
    assertThat(Wording.distance(NOW.minusSeconds(200), NOW)).isEqualTo("3 min ago");
    assertThat(Wording.distance(NOW.plusSeconds(7_300), NOW)).isEqualTo("in 2 h");
    assertThat(Wording.distance(NOW.minusSeconds(1), NOW)).isEqualTo("just now");
    assertThat(Moment.toCome(NOW.minusSeconds(90), NOW).words()).isEqualTo("now");
  }

  @Test
  void numbersAreBriefOnAxes() {
    assertThat(Wording.brief(1_250_000)).isEqualTo("1.3 M");
    assertThat(Wording.brief(25_000)).isEqualTo("25 k");
    assertThat(Wording.brief(2_500)).isEqualTo("2,500");
    assertThat(Wording.brief(2.5)).isEqualTo("2.5");
  }
}
