package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.each;
import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.throttled;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GiveUpTest {

  private static final Verdict REJECTED =
      new Verdict.Rejected(Rehearsal.BAD, Verdict.Rejected.Kind.PERMANENT);

  private static String stopped(Rehearsal run) {
    return String.valueOf(run.engine.stopped());
  }

  @Test
  void fatalReplyStopsTheRunAndLeavesTheRestUnprocessed() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).inFlight(2), plain())
            .first(seen -> Reply.accepted(1))
            .first(seen -> new Reply.Fatal(Reason.of("401", "bad credentials")))
            .deliver(10);

    assertThat(stopped(run)).isEqualTo("bad credentials (401)");
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(2);
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(8);
    assertThat(String.valueOf(run.receipt(10).reason())).isEqualTo("bad credentials (401)");
  }

  @Test
  void tooManyRejectedItemsEndTheRun() {
    var run =
        new Rehearsal(
                policy -> policy.batchItems(1).inFlight(1).giveUp(GiveUp.NEVER.rejected(3)),
                plain())
            .answering(each(item -> item % 2 == 0 ? REJECTED : Verdict.Accepted.WITHOUT_ID))
            .deliver(100);

    assertThat(stopped(run)).isEqualTo("4 items were rejected, more than the 3 that are allowed");
    assertThat(run.ended(Disposition.REJECTED)).containsExactly(2, 4, 6, 8);
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(92);
  }

  @Test
  void tooLargeAShareOfRejectedItemsEndsTheRun() {
    var run =
        new Rehearsal(
                policy ->
                    policy.batchItems(10).inFlight(1).giveUp(GiveUp.NEVER.rejectedShare(0.125)),
                plain())
            .answering(each(item -> item % 5 == 0 ? REJECTED : Verdict.Accepted.WITHOUT_ID))
            .deliver(1_000);

    assertThat(stopped(run))
        .isEqualTo("20 of 100 items were rejected, more than the 12.5 % that are allowed");
    assertThat(run.receipts).hasSize(1_000);
  }

  @Test
  void callsThatFailInARowEndTheRun() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).giveUp(GiveUp.NEVER.failedCalls(10)), plain())
            .answering(unavailable())
            .deliver(100);

    assertThat(stopped(run)).startsWith("11 calls failed in a row");
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(100);
  }

  @Test
  void deadlineEndsTheRun() {
    var run =
        new Rehearsal(
                policy ->
                    policy
                        .batchItems(1)
                        .callsPerSecond(1)
                        .giveUp(GiveUp.NEVER.deadline(Duration.ofSeconds(10))),
                plain())
            .deliver(100);

    assertThat(stopped(run)).isEqualTo("the run's deadline of 10s has passed");
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(10);
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(90);
  }

  @Test
  void destinationThatThrottlesForEverIsGivenUp() {
    var run =
        new Rehearsal(policy -> policy.patience(Duration.ofMinutes(5)), plain())
            .answering(throttled(Duration.ofSeconds(20)))
            .deliver(10);

    assertThat(stopped(run)).startsWith("nothing could be settled for 5m");
    assertThat(run.now()).isLessThan(Duration.ofMinutes(6));
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(10);
  }

  @Test
  void waitLongerThanThePatienceIsNotBegun() {
    var run =
        new Rehearsal(policy -> policy.patience(Duration.ofMinutes(5)), plain())
            .answering(throttled(Duration.ofHours(1)))
            .deliver(10);

    assertThat(stopped(run)).startsWith("the destination asks to wait for 1h");
    assertThat(run.now()).isLessThan(Duration.ofMinutes(6));
  }

  @Test
  void destinationThatIsDownForEverIsGivenUp() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).patience(Duration.ofMinutes(5)), plain())
            .answering(unavailable())
            .deliver(1_000);

    assertThat(stopped(run)).contains("the service is down");
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(1_000);
    assertThat(run.calls).hasSizeLessThan(100);
  }

  @Test
  void itemsThatComeAfterTheEndAreAccountedForToo() {
    var run = new Rehearsal(policy -> policy, plain());
    run.engine.stop(Reason.of("enough"));
    run.deliver(5);

    assertThat(run.calls).isEmpty();
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(5);
    assertThat(run.engine.finished()).isTrue();
  }

  @Test
  void abandonedCallsAreUnknown() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).inFlight(2), plain())
            .latency(Duration.ofSeconds(10));
    run.at(Duration.ofSeconds(1), () -> run.engine.abandon(Reason.of("now")));
    run.deliver(5);

    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2);
    assertThat(run.ended(Disposition.UNPROCESSED)).containsExactly(3, 4, 5);
  }

  @Test
  void poisonBatchAloneDoesNotHoldTheRunUp() {
    var run =
        new Rehearsal(policy -> policy.batchItems(10), plain())
            .answering(
                seen ->
                    seen.items().contains(15)
                        ? unavailable().apply(seen)
                        : Reply.accepted(seen.items().size()))
            .deliver(100);

    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(10).contains(15);
    assertThat(run.now()).isLessThan(Duration.ofSeconds(30));
    assertThat(run.engine.stopped()).isNull();
  }
}
