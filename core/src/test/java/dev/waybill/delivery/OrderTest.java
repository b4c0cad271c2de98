package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Rehearsal.Seen;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void neverAreTwoItemsOfAKeyInOneBatch() {
    var run =
        new Rehearsal(policy -> policy.order(Policy.Order.PER_KEY), plain())
            .offer("a", 1)
            .offer("a", 2)
            .offer("b", 3)
            .offer("a", 4)
            .end();

    assertThat(run.batches()).containsExactly(List.of(1, 3), List.of(2), List.of(4));
  }

  @Test
  void orderIsKeptUnaskedWhereOvertakingDoesHarm() {
    var run =
        new Rehearsal(policy -> policy, plain().overtakingIsHarmful())
            .offer("a", 1)
            .offer("a", 2)
            .end();

    assertThat(run.batches()).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void itemInDoubtWhoseKeyIsBusyEndsOnce() {
    var run =
        new Rehearsal(
            policy -> policy.order(Policy.Order.PER_KEY).batchItems(1),
            Traits.of(Traits.Idempotence.IDEMPOTENT));
    run.offer("a", 1).offer("a", 2);
    run.engine.acceptPartInDoubt(
        List.of(new Item<>(9, "a", 9, null)), Reason.of("it was in a call before"));
    run.end();

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2, 9);
    assertThat(run.calls).hasSize(3);
  }

  @Test
  void failedItemIsNotOvertakenByItsSuccessors() {
    var run =
        new Rehearsal(policy -> policy.order(Policy.Order.PER_KEY).batchItems(1), plain())
            .first(unavailable())
            .offer("a", 1)
            .offer("a", 2)
            .offer("b", 3)
            .end();

    List<Integer> order = run.calls.stream().map(seen -> seen.items().getFirst()).toList();
    assertThat(order.indexOf(2)).isGreaterThan(order.lastIndexOf(1));
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(3);
  }

  @Test
  void itemsWithoutKeyWaitForNobody() {
    var run = new Rehearsal(policy -> policy.order(Policy.Order.PER_KEY), plain()).deliver(50);

    assertThat(run.calls).hasSize(1);
  }

  @Test
  void hotKeyThatFillsTheEngineDoesNotBlockIt() {
    var run =
        new Rehearsal(
            policy -> policy.order(Policy.Order.PER_KEY).batchItems(10).heldItems(20), plain());
    for (int i = 1; i <= 20; i++) {
      run.offer("hot", i);
    }
    assertThat(run.engine.wantsItems()).isFalse();
    run.engine.advance(1);
    run.play();

    assertThat(run.engine.wantsItems()).isTrue();
    run.end();
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(20);
  }

  @Test
  void orderHoldsThroughRefusalsThrottlingAndFailures() {
    var random = new SplittableRandom(11);
    Map<String, List<Integer>> arrived = new HashMap<>();
    var run =
        new Rehearsal(
                policy -> policy.order(Policy.Order.PER_KEY).batchItems(7).inFlight(4), plain())
            .answering(
                seen ->
                    switch (random.nextInt(6)) {
                      case 0 -> new Reply.Unavailable(Rehearsal.DOWN);
                      case 1 -> new Reply.Throttled(Rehearsal.DOWN, Duration.ofMillis(50));
                      default -> {
                        if (seen.items().stream().anyMatch(item -> item % 13 == 0)) {
                          yield new Reply.Refused(Rehearsal.BAD);
                        }
                        apply(seen, arrived);
                        yield Reply.accepted(seen.items().size());
                      }
                    });
    for (int i = 1; i <= 500; i++) {
      run.offer("key-" + random.nextInt(20), i);
    }
    run.end();

    assertThat(run.receipts).hasSize(500);
    arrived.values().forEach(items -> assertThat(items).isSorted());
    assertThat(run.ended(Disposition.REJECTED)).hasSize(500 / 13);
  }

  private static void apply(Seen seen, Map<String, List<Integer>> arrived) {
    for (Item<Integer> item : seen.call().batch().items()) {
      arrived
          .computeIfAbsent(String.valueOf(item.key()), key -> new ArrayList<>())
          .add(item.payload());
    }
  }

  @Test
  void stopAccountsForThoseThatWaitBehindOthers() {
    var run =
        new Rehearsal(policy -> policy.order(Policy.Order.PER_KEY), plain())
            .latency(Duration.ofSeconds(1));
    for (int i = 1; i <= 10; i++) {
      run.offer("a", i);
    }
    run.at(Duration.ofMillis(1_500), () -> run.engine.stop(Reason.of("enough")));
    run.end();

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2);
    assertThat(run.ended(Disposition.UNPROCESSED)).hasSize(8);
  }
}
