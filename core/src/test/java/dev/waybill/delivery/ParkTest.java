package dev.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Items of a live source: tried for a time, and then parked.
class ParkTest {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private static Rehearsal live(UnaryOperator<Policy.Builder> more, Traits traits) {
    return new Rehearsal(
        policy -> more.apply(policy.parkAfter(AN_HOUR).patience(Duration.ofDays(36_500))), traits);
  }

  private static Rehearsal live() {
    return live(policy -> policy, Rehearsal.plain());
  }

  private static Function<Rehearsal.Seen, Reply> verdicts(Function<Integer, Verdict> of) {
    return seen -> new Reply.Answered(seen.items().stream().map(of).toList());
  }

  private static Receipt<Integer> receipt(Rehearsal rehearsal, int item) {
    return Objects.requireNonNull(rehearsal.receipts.get(item));
  }

  private static Verdict passing() {
    return new Verdict.Rejected(Rehearsal.BAD, Verdict.Rejected.Kind.PASSING);
  }

  @Test
  void rejectionThatMayPassIsTriedWithGrowingWaitsAndThenParked() {
    Rehearsal rehearsal =
        live()
            .answering(verdicts(item -> item == 3 ? passing() : Verdict.Accepted.WITHOUT_ID))
            .deliver(10);

    assertThat(receipt(rehearsal, 3).disposition()).isEqualTo(Disposition.REJECTED);
    assertThat(receipt(rehearsal, 3).attempts()).isBetween(100, 600);
    assertThat(rehearsal.calls.getLast().atMillis()).isBetween(3_600_000L, 3_640_000L);
    assertThat(rehearsal.receipts.values())
        .filteredOn(receipt -> receipt.disposition() == Disposition.DELIVERED)
        .hasSize(9);
  }

  @Test
  void othersAreNotHeldUpByTheOneThatIsTriedAgain() {
    Rehearsal rehearsal =
        live(policy -> policy.batchItems(1).inFlight(1), Rehearsal.plain())
            .answering(verdicts(item -> item == 1 ? passing() : Verdict.Accepted.WITHOUT_ID))
            .offer(50);
    rehearsal.engine.flush();
    rehearsal.end();

    long lastOfOthers =
        rehearsal.calls.stream()
            .filter(seen -> !seen.items().contains(1))
            .mapToLong(Rehearsal.Seen::atMillis)
            .max()
            .orElseThrow();
    assertThat(lastOfOthers).isLessThan(2_000);
    assertThat(receipt(rehearsal, 1).disposition()).isEqualTo(Disposition.REJECTED);
  }

  @Test
  void outageOfManyHoursParksNothing() {
    long back = Duration.ofHours(7).toMillis();
    Rehearsal rehearsal =
        live(policy -> policy.batchItems(5), Rehearsal.plain())
            .answering(
                seen ->
                    seen.atMillis() < back
                        ? new Reply.Unavailable(Rehearsal.DOWN)
                        : Reply.accepted(seen.items().size()))
            .deliver(100);

    assertThat(rehearsal.receipts.values())
        .hasSize(100)
        .allMatch(receipt -> receipt.disposition() == Disposition.DELIVERED);
  }

  @Test
  void timeInWhichTheDestinationAskedToBeLeftAloneDoesNotCount() {
    Duration rest = Duration.ofHours(3);
    Rehearsal rehearsal =
        live(policy -> policy.batchItems(1).inFlight(1), Rehearsal.plain())
            .first(seen -> new Reply.Answered(List.of(passing())))
            .first(seen -> new Reply.Throttled(Reason.of("later"), rest))
            .answering(verdicts(item -> item == 1 ? passing() : Verdict.Accepted.WITHOUT_ID))
            .deliver(2);

    assertThat(rehearsal.receipt(1).disposition()).isEqualTo(Disposition.REJECTED);
    assertThat(rehearsal.calls.getLast().atMillis())
        .isGreaterThanOrEqualTo(rest.plus(AN_HOUR).toMillis());
  }

  @Test
  void outageAfterAFailureOfItsOwnDoesNotCountEither() {
    long down = Duration.ofMinutes(1).toMillis();
    long back = Duration.ofHours(2).toMillis();
    Rehearsal rehearsal =
        live(
                policy -> policy.batchItems(1).inFlight(1).parkAfter(Duration.ofMinutes(3)),
                Rehearsal.plain())
            .answering(
                seen -> {
                  if (seen.atMillis() > down && seen.atMillis() < back) {
                    return new Reply.Unavailable(Rehearsal.DOWN);
                  }
                  boolean bad = seen.items().contains(1) && seen.atMillis() < back + 60_000;
                  return new Reply.Answered(List.of(bad ? passing() : Verdict.Accepted.WITHOUT_ID));
                });
    rehearsal.at(Duration.ofMillis(down + 1), () -> rehearsal.offer(100));
    rehearsal.offer(1);
    rehearsal.engine.flush();
    rehearsal.end();

    assertThat(rehearsal.receipts.values())
        .hasSize(101)
        .allMatch(receipt -> receipt.disposition() == Disposition.DELIVERED);
  }

  @Test
  void itemThatBreaksItsCallsIsFoundAndItsCompanyIsDelivered() {
    Rehearsal rehearsal =
        live(policy -> policy.batchItems(50), Traits.of(Traits.Idempotence.IDEMPOTENT))
            .answering(
                seen ->
                    seen.items().contains(77)
                        ? new Reply.InDoubt(Reason.of("the server broke"))
                        : Reply.accepted(seen.items().size()))
            .latency(Duration.ofMillis(5));
    for (int tick = 1; tick <= 1_000; tick++) {
      rehearsal.at(
          Duration.ofSeconds(10L * tick),
          () -> {
            rehearsal.offer(1);
            rehearsal.engine.flush();
          });
    }
    rehearsal.offer(200).end();

    assertThat(receipt(rehearsal, 77).disposition()).isEqualTo(Disposition.UNKNOWN);
    assertThat(rehearsal.receipts.values())
        .filteredOn(receipt -> receipt.disposition() == Disposition.DELIVERED)
        .hasSize(1_199);
    long companyDelivered =
        rehearsal.calls.stream()
            .filter(seen -> seen.items().contains(78) && !seen.items().contains(77))
            .mapToLong(Rehearsal.Seen::atMillis)
            .min()
            .orElseThrow();
    assertThat(companyDelivered).isLessThan(120_000);
  }

  @Test
  void whatWasNotSentIsGivenBackWhenItStops() {
    Rehearsal rehearsal =
        live(policy -> policy.batchItems(2).inFlight(1), Rehearsal.plain())
            .latency(Duration.ofSeconds(1))
            .answering(verdicts(item -> item == 1 ? passing() : Verdict.Accepted.WITHOUT_ID));
    rehearsal.at(
        Duration.ofMillis(1_500), () -> rehearsal.engine.stop(Reason.of("it was told to stop")));
    rehearsal.offer(7).end();

    assertThat(rehearsal.receipts.keySet()).containsExactlyInAnyOrder(2, 3, 4);
    assertThat(rehearsal.givenBack)
        .extracting(item -> item.payload())
        .containsExactlyInAnyOrder(1, 5, 6, 7);
    assertThat(rehearsal.engine.tally().offered()).isEqualTo(3);
    assertThat(rehearsal.engine.finished()).isTrue();
  }

  @Test
  void whatIsInDoubtAndMustNotBeSentTwiceIsUnknownWhenItStops() {
    for (var idempotence :
        List.of(Traits.Idempotence.NOT_IDEMPOTENT, Traits.Idempotence.IDEMPOTENT)) {
      Rehearsal rehearsal =
          live(policy -> policy.batchItems(1), Traits.of(idempotence))
              .latency(Duration.ofSeconds(1))
              .answering(seen -> new Reply.InDoubt(Reason.of("no answer came")));
      rehearsal.at(
          Duration.ofMillis(500), () -> rehearsal.engine.stop(Reason.of("it was told to stop")));
      rehearsal.offer(1).end();

      if (idempotence == Traits.Idempotence.IDEMPOTENT) {
        assertThat(rehearsal.givenBack).hasSize(1);
      } else {
        assertThat(receipt(rehearsal, 1).disposition()).isEqualTo(Disposition.UNKNOWN);
      }
    }
  }
}
