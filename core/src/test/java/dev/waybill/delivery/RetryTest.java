package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.accepting;
import static dev.waybill.delivery.Rehearsal.each;
import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.delivery.Rehearsal.Seen;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static final Verdict DEFERRED = new Verdict.Deferred(Reason.of("slow down"));

  @Test
  void failedBatchIsSentAgainAsItWas() {
    var run = new Rehearsal(policy -> policy, plain()).first(unavailable()).deliver(3);

    assertThat(run.batches()).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3));
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(3);
    assertThat(run.receipt(1).attempts()).isEqualTo(2);
  }

  @Test
  void repeatedCallKeepsItsNumberAndItsIdempotencyKey() {
    var run = new Rehearsal(policy -> policy, plain()).first(unavailable()).deliver(3);

    var first = run.calls.get(0).call().batch();
    var second = run.calls.get(1).call().batch();
    assertThat(second.number()).isEqualTo(first.number());
    assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey()).startsWith("run-");
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(second.attempt()).isEqualTo(2);
  }

  @Test
  void itemsThatNeverPassAreGivenBackAfterTheLastAttempt() {
    var run = new Rehearsal(policy -> policy, plain()).answering(unavailable()).deliver(3);

    assertThat(run.calls).hasSize(5);
    assertThat(run.ended(Disposition.UNPROCESSED)).containsExactly(1, 2, 3);
    assertThat(run.receipt(1).attempts()).isEqualTo(5);
    assertThat(run.receipt(1).reason()).isEqualTo(Rehearsal.DOWN);
  }

  @Test
  void waitsGrowAndAreJittered() {
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
    var random = new SplittableRandom(1);
    var seen = new HashSet<Long>();

    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.nanos(1, random)).isBetween(0L, 1_000_000_000L);
      assertThat(backoff.nanos(3, random)).isBetween(0L, 4_000_000_000L);
      assertThat(backoff.nanos(1_000, random)).isBetween(0L, 5_000_000_000L);
      seen.add(backoff.nanos(3, random) / 400_000_000);
    }

    assertThat(seen).as("spread over the whole range").hasSize(10);
  }

  @Test
  void onlyDeferredItemsAreSentAgain() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .first(each(item -> item % 2 == 0 ? DEFERRED : Verdict.Accepted.WITHOUT_ID))
            .deliver(4);

    assertThat(run.batches()).containsExactly(List.of(1, 2, 3, 4), List.of(2, 4));
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(4);
    assertThat(run.receipt(1).attempts()).isEqualTo(1);
    assertThat(run.receipt(2).attempts()).isEqualTo(2);
  }

  @Test
  void steadyPartialThrottlingEndsWithEverythingDelivered() {
    var random = new SplittableRandom(5);
    var run =
        new Rehearsal(policy -> policy.batchItems(500), plain())
            .answering(each(item -> random.nextBoolean() ? DEFERRED : Verdict.Accepted.WITHOUT_ID))
            .deliver(2_000);

    assertThat(run.ended(Disposition.DELIVERED)).hasSizeGreaterThan(1_980);
    assertThat(run.receipts).hasSize(2_000);
    assertThat(run.calls.size()).isLessThan(100);
  }

  @Test
  void itemDeferredForEverIsGivenBack() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(each(item -> item == 2 ? DEFERRED : Verdict.Accepted.WITHOUT_ID))
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 3);
    assertThat(run.ended(Disposition.UNPROCESSED)).containsExactly(2);
    assertThat(run.receipt(2).attempts()).isEqualTo(6);
  }

  @Test
  void rejectionThatMayPassIsTriedAgainAndThenStands() {
    var tries = new HashMap<Integer, Integer>();
    var run =
        new Rehearsal(policy -> policy.rejectedRetries(2), plain())
            .answering(
                each(
                    item ->
                        item == 1 || (item == 2 && tries.merge(item, 1, Integer::sum) < 3)
                            ? new Verdict.Rejected(Rehearsal.BAD, Verdict.Rejected.Kind.PASSING)
                            : Verdict.Accepted.WITHOUT_ID))
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(2, 3);
    assertThat(run.ended(Disposition.REJECTED)).containsExactly(1);
    assertThat(run.receipt(1).attempts()).isEqualTo(3);
  }

  @Test
  void permanentRejectionIsNotTriedAgain() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(
                each(item -> new Verdict.Rejected(Rehearsal.BAD, Verdict.Rejected.Kind.PERMANENT)))
            .deliver(2);

    assertThat(run.calls).hasSize(1);
    assertThat(run.ended(Disposition.REJECTED)).containsExactly(1, 2);
  }

  @Test
  void batchThatKeepsFailingIsFinishedItemByItem() {
    var run =
        new Rehearsal(
                policy -> policy.singleAfter(3),
                plain(),
                Nature.Single.AVAILABLE,
                Nature.Lookup.NONE)
            .answering(
                seen ->
                    seen.call().kind() == Call.Kind.SINGLE && seen.items().getFirst() != 2
                        ? accepting().apply(seen)
                        : unavailable().apply(seen))
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 3);
    assertThat(run.ended(Disposition.UNPROCESSED)).containsExactly(2);
    assertThat(run.calls.stream().filter(seen -> seen.call().kind() == Call.Kind.BATCH)).hasSize(3);
  }

  @Test
  void emptyRetryBudgetSlowsRetriesDownAndDropsNone() {
    var run =
        new Rehearsal(
                policy ->
                    policy
                        .batchItems(1)
                        .inFlight(1)
                        .retryBudget(2)
                        .maxAttempts(3)
                        .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1))),
                plain())
            .answering(
                seen ->
                    seen.call().batch().attempt() < 3
                        ? unavailable().apply(seen)
                        : accepting().apply(seen))
            .deliver(4);

    assertThat(run.ended(Disposition.DELIVERED)).hasSize(4);
    // Eight retries: two at once, four refunded by what they delivered, the rest one a second.
    assertThat(run.now()).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void outageDoesNotUseUpTheAttemptsOfTheBatches() {
    Duration back = Duration.ofMinutes(1);
    var run =
        new Rehearsal(policy -> policy.batchItems(10).inFlight(5), plain())
            .answering(
                seen ->
                    seen.atMillis() < back.toMillis()
                        ? unavailable().apply(seen)
                        : accepting().apply(seen))
            .deliver(1_000);

    assertThat(run.ended(Disposition.DELIVERED)).hasSize(1_000);
    List<Seen> meanwhile =
        run.calls.stream().filter(seen -> seen.atMillis() < back.toMillis()).toList();
    assertThat(meanwhile).as("a dead destination is not hammered").hasSizeLessThan(40);
  }
}
