package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.throttled;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Rehearsal.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  @Test
  void throttledBatchWaitsForRetryAfter() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .first(throttled(Duration.ofSeconds(30)))
            .deliver(3);

    assertThat(run.calls).hasSize(2);
    assertThat(run.calls.get(1).atMillis()).isEqualTo(30_010);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(3);
  }

  @Test
  void closedGateHoldsAllBatches() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).inFlight(2), plain())
            .first(throttled(Duration.ofSeconds(5)))
            .deliver(10);

    List<Long> whileClosed =
        run.calls.stream().map(Seen::atMillis).filter(at -> at > 10 && at < 5_010).toList();
    assertThat(whileClosed).isEmpty();
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(10);
  }

  @Test
  void throttledCallsUseUpNoAttempt() {
    var run = new Rehearsal(policy -> policy.maxAttempts(1), plain());
    for (int i = 0; i < 20; i++) {
      run.first(throttled(Duration.ofSeconds(1)));
    }
    run.deliver(1);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1);
    assertThat(run.receipt(1).attempts()).isEqualTo(21);
  }

  @Test
  void withoutRetryAfterTheWaitsGrow() {
    var run = new Rehearsal(policy -> policy, plain());
    for (int i = 0; i < 8; i++) {
      run.first(seen -> new Reply.Throttled(Reason.of("slow down"), null));
    }
    run.deliver(1);

    long firstWait = run.calls.get(1).atMillis() - run.calls.get(0).atMillis();
    long lastWait = run.calls.get(8).atMillis() - run.calls.get(7).atMillis();
    assertThat(firstWait).isBetween(110L, 210L);
    assertThat(lastWait).isGreaterThan(12_000);
  }

  @Test
  void usedUpRateLimitClosesTheGateThoughTheCallWorked() {
    var run =
        new Rehearsal(policy -> policy.batchItems(2).inFlight(1), plain())
            .first(seen -> new Reply.Answered(Reply.accepted(2).verdicts(), Duration.ofSeconds(7)))
            .deliver(4);

    assertThat(run.calls.get(1).atMillis()).isEqualTo(7_010);
  }

  @Test
  void retryAfterOfAFailureIsKept() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .first(seen -> new Reply.Unavailable(Rehearsal.DOWN, Duration.ofSeconds(20)))
            .deliver(1);

    assertThat(run.calls.get(1).atMillis()).isGreaterThanOrEqualTo(20_010);
  }

  @Test
  void outageIsProbedByOneCallAtATime() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).inFlight(8), plain())
            .answering(
                seen ->
                    seen.atMillis() < 20_000
                        ? unavailable().apply(seen)
                        : Reply.accepted(seen.items().size()))
            .deliver(100);

    List<Long> probes =
        run.calls.stream().map(Seen::atMillis).filter(at -> at > 20 && at < 20_000).toList();
    assertThat(probes).doesNotHaveDuplicates().hasSizeLessThan(20);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(100);
  }

  @Test
  void standingTellsWhatIsWaitedFor() {
    var run = new Rehearsal(policy -> policy, plain()).first(throttled(Duration.ofSeconds(9)));
    var standing = new Standing[1];
    run.at(Duration.ofSeconds(2), () -> standing[0] = run.engine.standing());
    run.deliver(1);

    assertThat(standing[0].waitsFor()).isEqualTo(Standing.Wait.GATE);
    assertThat(standing[0].opensIn()).isEqualTo(Duration.ofMillis(7_010));
    assertThat(String.valueOf(standing[0].reason())).isEqualTo("slow down (429)");
    assertThat(run.engine.standing().closed()).isEqualTo(Duration.ofSeconds(9));
  }
}
