package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.refusing;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What one engine holds, another goes on with.
class HoldingTest {

  private static final Traits IDEMPOTENT = Traits.of(Traits.Idempotence.IDEMPOTENT);
  private static final Traits BY_CALL = Traits.of(Traits.Idempotence.IDEMPOTENT_CALL);

  /// What the engine of a run holds at a moment.
  private static List<Holding<Integer>> held(Rehearsal run, Duration at, int items) {
    var held = new ArrayList<Holding<Integer>>();
    run.at(at, () -> held.addAll(run.engine.held())).deliver(items);
    assertThat(held.stream().mapToInt(holding -> holding.items().size()).sum())
        .isLessThanOrEqualTo(items);
    return held;
  }

  private static Rehearsal goOn(Rehearsal run, List<Holding<Integer>> held) {
    held.forEach(run.engine::takeUp);
    return run.end().play();
  }

  @Test
  void callUnderWayIsSentAgainWhereThatDoesNoHarm() {
    var held = held(new Rehearsal(policy -> policy, IDEMPOTENT), Duration.ofMillis(5), 3);

    var run = goOn(new Rehearsal(policy -> policy, IDEMPOTENT), held);

    assertThat(held).singleElement().matches(h -> h.doubt() instanceof Holding.Doubt.Since);
    assertThat(run.batches()).containsExactly(List.of(1, 2, 3));
    assertThat(run.receipt(1).attempts()).isEqualTo(2);
  }

  @Test
  void callUnderWayIsMadeAgainUnderItsNumber() {
    var held = held(new Rehearsal(policy -> policy, BY_CALL), Duration.ofMillis(5), 3);

    var run = goOn(new Rehearsal(policy -> policy, BY_CALL), held);

    assertThat(run.calls.getFirst().call().batch().number()).isEqualTo(held.getFirst().number());
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(3);
  }

  @Test
  void partOfACallUnderWayCannotBeMadeAgain() {
    var held = held(new Rehearsal(policy -> policy, BY_CALL), Duration.ofMillis(5), 3);
    var part = held.getFirst().only(item -> item.ordinal() > 1);
    assertThat(part).isNotNull();

    var run = goOn(new Rehearsal(policy -> policy, BY_CALL), List.of(part));

    assertThat(run.calls).isEmpty();
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(2, 3);
  }

  @Test
  void callUnderWayEndsAsUnknownWhereNothingElseCanBeDone() {
    var held = held(new Rehearsal(policy -> policy, plain()), Duration.ofMillis(5), 3);

    var run = goOn(new Rehearsal(policy -> policy, plain()), held);

    assertThat(run.calls).isEmpty();
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2, 3);
  }

  @Test
  void failuresAreCountedOn() {
    var failing = new Rehearsal(policy -> policy.maxAttempts(2), plain()).answering(unavailable());
    var held = held(failing, Duration.ofMillis(11), 3);
    assertThat(held).singleElement().matches(h -> h.failures() == 1);

    var run =
        goOn(
            new Rehearsal(policy -> policy.maxAttempts(2), plain()).answering(unavailable()), held);

    assertThat(run.calls).hasSize(1);
    assertThat(run.receipt(1).disposition()).isEqualTo(Disposition.UNPROCESSED);
    assertThat(run.receipt(1).attempts()).isEqualTo(2);
  }

  @Test
  void itemsBehindASearchAreHeldToo() {
    var searching =
        new Rehearsal(policy -> policy.batchItems(20), plain()).answering(refusing(List.of(7)));
    var held = held(searching, Duration.ofMillis(25), 20);

    var run =
        goOn(
            new Rehearsal(policy -> policy.batchItems(20), plain()).answering(refusing(List.of(7))),
            held);

    int known =
        run.ended(Disposition.DELIVERED).size()
            + run.ended(Disposition.UNKNOWN).size()
            + run.ended(Disposition.REJECTED).size();
    assertThat(known).isEqualTo(held.stream().mapToInt(h -> h.items().size()).sum());
    assertThat(known).isGreaterThan(10);
  }
}
