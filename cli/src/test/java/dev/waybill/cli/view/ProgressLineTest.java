package dev.waybill.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Reason;
import dev.waybill.cli.view.Glance.Ending;
import dev.waybill.cli.view.Screen.Colour;
import dev.waybill.cli.view.Screen.Kind;
import dev.waybill.delivery.Standing;
import dev.waybill.delivery.Standing.Wait;
import dev.waybill.delivery.Tally;
import dev.waybill.run.Progress;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*[a-zA-Z]");
  private static final Screen PLAIN = new Screen(Kind.TERMINAL, () -> 80, Colour.OFF);
  private static final Screen COLOURED = new Screen(Kind.TERMINAL, () -> 80, Colour.ON);

  private static Glance glance(double share, Wait wait, @Nullable Reason reason, Ending ending) {
    var tally = new Tally(1_500, 1_234, 12, 0, 0, 20, 1, 1, 1);
    var standing =
        new Standing(
            4, 10, wait, reason, Duration.ofMillis(reason == null ? 0 : 11_400), Duration.ZERO);
    var progress = new Progress(tally, standing, Duration.ofSeconds(5));
    return new Glance("contacts.csv", progress, share, 2_345.6, 4, ending);
  }

  private static Glance running() {
    return glance(0.62, Wait.NONE, null, Ending.NO);
  }

  @Test
  void showsShareCountsRateAndCallsInFlight() {
    assertThat(new ProgressLine(PLAIN).bar(running(), 90))
        .startsWith("━━━")
        .contains("─", "62 %", "1,234 delivered", "12 rejected", "2,346/s", "4 in flight");
  }

  @Test
  void isNeverWiderThanTheTerminal() {
    var throttled = glance(0.1, Wait.GATE, Reason.of("429", "slow down ".repeat(20)), Ending.NO);
    for (Screen screen : new Screen[] {PLAIN, COLOURED}) {
      for (int columns = 1; columns < 200; columns++) {
        for (Glance glance : new Glance[] {running(), throttled}) {
          String line = new ProgressLine(screen).bar(glance, columns);
          assertThat(ESCAPES.matcher(line).replaceAll("").length()).isLessThanOrEqualTo(columns);
        }
      }
    }
  }

  @Test
  void withoutColourThereAreNoEscapes() {
    assertThat(ESCAPES.matcher(new ProgressLine(PLAIN).bar(running(), 90)).find()).isFalse();
    assertThat(ESCAPES.matcher(new ProgressLine(COLOURED).bar(running(), 90)).find()).isTrue();
  }

  @Test
  void unknownShareHasNoBar() {
    assertThat(new ProgressLine(PLAIN).bar(glance(Double.NaN, Wait.NONE, null, Ending.NO), 90))
        .startsWith("1,234 delivered");
  }

  @Test
  void saysWhyItWaits() {
    var line = new ProgressLine(PLAIN);
    Reason reason = Reason.of("429", "too many requests");
    assertThat(line.bar(glance(0.5, Wait.GATE, reason, Ending.NO), 140))
        .endsWith("waits 12 s: too many requests (429)");
    assertThat(line.bar(glance(0.5, Wait.PACE, null, Ending.NO), 140))
        .endsWith("paced to 4 calls/s");
    assertThat(line.bar(glance(0.5, Wait.BACKOFF, null, Ending.NO), 140))
        .endsWith("waits before it tries again");
  }

  @Test
  void saysThatItStops() {
    assertThat(new ProgressLine(PLAIN).bar(glance(0.5, Wait.NONE, null, Ending.STOPPING), 150))
        .contains("once more to stop now");
  }

  @Test
  void logLineSaysAllOfIt() {
    Reason reason = Reason.of("429", "too many requests");
    assertThat(new ProgressLine(Screen.STREAM).log(glance(0.5, Wait.GATE, reason, Ending.NO)))
        .isEqualTo(
            "5.0 s: 50 %, 1,234 delivered, 12 rejected, 2,346/s, 4 in flight; waits 12 s: too many"
                + " requests (429)");
  }

  @Test
  void pulseIsTheRateOfTheLastSeconds() {
    var pulse = new Pulse();
    for (int second = 1; second <= 10; second++) {
      pulse.perSecond(Duration.ofSeconds(second), second * 100L);
    }
    double faster = 0;
    for (int second = 11; second <= 20; second++) {
      faster = pulse.perSecond(Duration.ofSeconds(second), 1_000 + (second - 10) * 500L);
    }
    assertThat(faster).isEqualTo(500);
  }
}
