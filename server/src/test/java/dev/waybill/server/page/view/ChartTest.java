package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void throttledTimeIsShadedWhereItWas() {
    Chart chart =
        chart(
            List.of(
                sample(10, 1_000, 0, 0), sample(20, 1_000, 0, 9_000), sample(30, 2_000, 0, 9_000)));

    assertThat(chart.throttled())
        .singleElement()
        .satisfies(
            band -> {
              assertThat(band.x()).isEqualTo("333.33");
              assertThat(band.width()).isEqualTo("333.33");
              assertThat(band.title()).isEqualTo("throttled for 9 s from 10 s to 20 s");
            });
    assertThat(chart.summary())
        .isEqualTo("66.7 delivered in a second on average, 100 at best; throttled for 9 s of 30 s");
  }

  @Test
  void axesHaveRoundNumbersAndEndAtTheTop() {
    Chart chart = chart(List.of(sample(90, 20_000, 0, 0)));

    assertThat(chart.levels()).extracting(Chart.Mark::text).containsExactly("100", "200", "300");
    assertThat(chart.levels().getLast().at()).isEqualTo("0");
    assertThat(chart.moments())
        .extracting(Chart.Mark::text)
        .containsExactly("0", "30 s", "1 min", "1 min 30 s");
  }

  @Test
  void linesAreDrawnOnlyForWhatHappened() {
    assertThat(chart(List.of(sample(1, 10, 0, 0))).lost()).isEmpty();
    assertThat(chart(List.of(sample(1, 10, 3, 0))).lost()).startsWith("M0,");
  }

  @Test
  void sixHundredSamplesBecomeNoMoreIntervalsThanCanBeToldApart() {
    var samples = new ArrayList<Sample>();
    for (int i = 1; i <= 600; i++) {
      samples.add(sample(i, i * 50L, 0, 0));
    }

    Chart chart = chart(samples);

    assertThat(chart.zones()).hasSize(120);
    assertThat(chart.zones().getFirst().delivered()).isEqualTo("50");
  }

  @Test
  void nothingIsDrawnOfNothing() {
    assertThat(Chart.of(List.of())).isNull();
  }

  private static Chart chart(List<Sample> samples) {
    return Objects.requireNonNull(Chart.of(samples));
  }

  private static Sample sample(int second, long delivered, long rejected, long throttledMillis) {
    return new Sample(
        Duration.ofSeconds(second),
        delivered,
        rejected,
        0,
        0,
        1,
        Duration.ofMillis(throttledMillis),
        1);
  }
}
