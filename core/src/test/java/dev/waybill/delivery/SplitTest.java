package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.accepting;
import static dev.waybill.delivery.Rehearsal.inDoubt;
import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.refusing;
import static dev.waybill.delivery.Rehearsal.throttled;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Rehearsal.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  @Test
  void refusedBatchIsPartedUntilEachItemIsDeliveredOrAtFault() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1_000), plain())
            .answering(refusing(List.of(7, 500, 501)))
            .deliver(1_000);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(7, 500, 501);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(997);
    assertThat(run.receipt(7).reason()).isEqualTo(Rehearsal.BAD);
    assertThat(run.calls.size()).isLessThan(45);
  }

  @Test
  void everyRejectedItemWasSentAloneOnce() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100), plain())
            .answering(refusing(List.of(3, 4, 99)))
            .deliver(100);

    for (int bad : List.of(3, 4, 99)) {
      assertThat(run.batches().stream().filter(List.of(bad)::equals)).hasSize(1);
    }
  }

  @Test
  void namedSuspectsAreJudgedAloneAndTheOthersSentTogether() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100), plain())
            .first(seen -> new Reply.Refused(Rehearsal.BAD, List.of(4, 9)))
            .answering(refusing(List.of(5)))
            .deliver(100);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(5);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(99).contains(10);
    assertThat(run.calls).hasSize(4);
  }

  @Test
  void suspectsOutsideTheBatchAreNoSuspects() {
    var run =
        new Rehearsal(policy -> policy.batchItems(10), plain())
            .first(seen -> new Reply.Refused(Rehearsal.BAD, List.of(-1, 10, 1_000)))
            .answering(refusing(List.of(2)))
            .deliver(10);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(2);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(9);
  }

  @Test
  void firstSuspectOfSeveralIsEnoughToFindThemAll() {
    List<Integer> bad = List.of(10, 20, 30);
    var run =
        new Rehearsal(policy -> policy.batchItems(100), plain())
            .answering(
                seen -> {
                  List<Integer> items = seen.items();
                  return IntStream.range(0, items.size())
                      .filter(i -> bad.contains(items.get(i)))
                      .mapToObj(i -> (Reply) new Reply.Refused(Rehearsal.BAD, List.of(i)))
                      .findFirst()
                      .orElseGet(() -> Reply.accepted(items.size()));
                })
            .deliver(100);

    assertThat(run.ended(Disposition.REJECTED)).containsExactlyElementsOf(bad);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(97);
    // For each bad item one refusal and one call alone, and one call for the rest.
    assertThat(run.calls).hasSize(7);
  }

  @Test
  void batchTooLargeIsCutAndLaterOnesAreMadeSmaller() {
    Function<Seen, Reply> smallOnly =
        seen ->
            seen.items().stream().mapToInt(i -> i).sum() > 100
                ? new Reply.TooLarge(Reason.of("413", "too large"))
                : Reply.accepted(seen.items().size());
    // An item's number is its size here.
    var run =
        new Rehearsal(policy -> policy.batchItems(50).inFlight(1), plain().maxBytes(10_000, 10_000))
            .answering(smallOnly)
            .deliver(99);

    assertThat(run.ended(Disposition.DELIVERED)).hasSize(99);
  }

  @Test
  void itemTooLargeEvenAloneIsRejected() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(
                seen ->
                    seen.items().contains(3)
                        ? new Reply.TooLarge(Reason.of("413", "too large"))
                        : Reply.accepted(seen.items().size()))
            .deliver(5);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(3);
    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2, 4, 5);
  }

  @Test
  void troubleInTheMiddleOfASplitChangesNothingOfItsResult() {
    var random = new SplittableRandom(3);
    var run =
        new Rehearsal(policy -> policy.batchItems(100).inFlight(1), plain())
            .answering(
                seen ->
                    switch (random.nextInt(4)) {
                      case 0 -> throttled(Duration.ofSeconds(1)).apply(seen);
                      case 1 -> unavailable().apply(seen);
                      default -> refusing(List.of(33, 66)).apply(seen);
                    })
            .deliver(100);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(33, 66);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(98);
  }

  @Test
  void groupLostInTheMiddleOfASplitLeavesTheOthersToBeJudged() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100), plain())
            .first(refusing(List.of(90)))
            .first(inDoubt())
            .answering(refusing(List.of(90)))
            .deliver(100);

    List<Integer> unknown = run.ended(Disposition.UNKNOWN);
    assertThat(unknown).isNotEmpty();
    assertThat(run.ended(Disposition.REJECTED)).containsExactly(90);
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(99 - unknown.size());
  }

  @Test
  void stoppedSplitAccountsForAllThatWasNotJudged() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100).inFlight(1), plain())
            .answering(refusing(List.of(60)));
    run.at(Duration.ofMillis(25), () -> run.engine.stop(Reason.of("enough")));
    run.deliver(100);

    assertThat(run.receipts).hasSize(100);
    assertThat(run.ended(Disposition.UNPROCESSED)).contains(60);
    assertThat(run.engine.finished()).isTrue();
  }

  @Test
  void attemptsCountTheCallsThatCarriedAnItem() {
    var run =
        new Rehearsal(policy -> policy.batchItems(64), plain())
            .answering(refusing(List.of(50)))
            .deliver(64);

    for (int item = 1; item <= 64; item++) {
      int number = item;
      long carried = run.batches().stream().filter(batch -> batch.contains(number)).count();
      assertThat(run.receipt(item).attempts()).as("item %s", item).isEqualTo((int) carried);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void exactlyTheBadOnesAreRejectedWhereverTheyAre(long seed) {
    var random = new SplittableRandom(seed);
    Set<Integer> bad = new HashSet<>();
    int count = random.nextInt(1, 400);
    for (int i = random.nextInt(count + 1); i > 0; i--) {
      bad.add(random.nextInt(count) + 1);
    }
    var run =
        new Rehearsal(policy -> policy.batchItems(random.nextInt(1, 200)), plain())
            .answering(refusing(new ArrayList<>(bad)))
            .deliver(count);

    assertThat(run.ended(Disposition.REJECTED))
        .containsExactlyElementsOf(bad.stream().sorted().toList());
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(count - bad.size());
  }

  @Test
  void acceptedAloneAfterAllIsDelivered() {
    var run =
        new Rehearsal(policy -> policy.batchItems(2), plain())
            .first(seen -> new Reply.Refused(Rehearsal.BAD))
            .answering(accepting())
            .deliver(2);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2);
  }
}
