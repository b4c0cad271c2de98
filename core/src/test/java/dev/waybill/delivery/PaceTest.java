package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reply;
import dev.waybill.delivery.Rehearsal.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void callsKeepTheirRate() {
    var run = new Rehearsal(policy -> policy.batchItems(1).callsPerSecond(4), plain()).deliver(9);

    assertThat(run.calls.stream().map(Seen::atMillis))
        .containsExactly(0L, 250L, 500L, 750L, 1_000L, 1_250L, 1_500L, 1_750L, 2_000L);
  }

  @Test
  void itemsKeepTheirRate() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100).itemsPerSecond(200), plain()).deliver(300);

    assertThat(run.calls.stream().map(Seen::atMillis)).containsExactly(0L, 500L, 1_000L);
  }

  @Test
  void rateZeroIsUnlimited() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).callsPerSecond(0).inFlight(100), plain())
            .deliver(50);

    assertThat(run.calls.stream().map(Seen::atMillis)).containsOnly(0L);
  }

  @Test
  void lateCallsDoNotMakeUpForMoreThanTenMilliseconds() {
    var pace = new Pace(1_000);
    long now = 0;
    pace.spend(now, 1);
    now = 5_000_000_000L;

    int atOnce = 0;
    while (pace.nextAt(now) <= now) {
      pace.spend(now, 1);
      atOnce++;
    }

    assertThat(atOnce).isBetween(10, 11);
  }

  @Test
  void callsUnderWayGrowWhileAllGoesWell() {
    var run =
        new Rehearsal(
                policy ->
                    policy.batchItems(1).inFlight(32).concurrency(Policy.Concurrency.ADAPTIVE),
                plain())
            .deliver(500);

    assertThat(run.mostUnderWay).isEqualTo(32);
    assertThat(run.calls.stream().filter(seen -> seen.atMillis() == 0)).hasSize(4);
  }

  @Test
  void callsUnderWayAreHalvedByThrottling() {
    var limit = new CallLimit(32, Policy.Concurrency.ADAPTIVE);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      limit.answered(now, now + 1_000_000, limit.current());
      now += 1_000_000;
    }
    assertThat(limit.current()).isEqualTo(32);

    limit.troubled(now, now + 1_000_000);
    assertThat(limit.current()).isEqualTo(16);
    limit.troubled(now, now + 2_000_000);
    assertThat(limit.current()).as("calls sent before the decrease say nothing new").isEqualTo(16);
  }

  @Test
  void callsUnderWayShrinkWhenAnswersBecomeSlow() {
    var limit = new CallLimit(32, Policy.Concurrency.ADAPTIVE);
    long now = 0;
    for (int i = 0; i < 200; i++) {
      limit.answered(now, now + 50_000_000, limit.current());
      now += 50_000_000;
    }
    assertThat(limit.current()).isEqualTo(32);

    for (int i = 0; i < 20; i++) {
      limit.answered(now, now + 1_000_000_000, limit.current());
      now += 1_000_000_000;
    }
    assertThat(limit.current()).isLessThan(16);
  }

  @Test
  void throttledDestinationGetsEverythingInTheEnd() {
    // Bears two calls at a time.
    var run = new Rehearsal[1];
    run[0] =
        new Rehearsal(
                policy ->
                    policy.batchItems(1).inFlight(16).concurrency(Policy.Concurrency.ADAPTIVE),
                plain())
            .answering(
                seen ->
                    run[0].underWay() > 2
                        ? throttled(Duration.ofMillis(100)).apply(seen)
                        : Reply.accepted(1));
    run[0].deliver(200);

    assertThat(run[0].ended(Disposition.DELIVERED)).hasSize(200);
    assertThat(run[0].engine.tally().throttledCalls()).isLessThan(run[0].calls.size() / 2);
    assertThat(List.copyOf(run[0].calls)).isNotEmpty();
  }
}
