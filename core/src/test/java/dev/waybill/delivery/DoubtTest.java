package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.accepting;
import static dev.waybill.delivery.Rehearsal.each;
import static dev.waybill.delivery.Rehearsal.inDoubt;
import static dev.waybill.delivery.Rehearsal.plain;
import static dev.waybill.delivery.Rehearsal.throttled;
import static dev.waybill.delivery.Rehearsal.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtTest {

  private static final Traits IDEMPOTENT = Traits.of(Traits.Idempotence.IDEMPOTENT);

  private static Rehearsal verifiable() {
    return new Rehearsal(policy -> policy, plain(), Nature.Single.NONE, Nature.Lookup.AVAILABLE);
  }

  @Test
  void idempotentDestinationIsSentABatchInDoubtAgain() {
    var run = new Rehearsal(policy -> policy, IDEMPOTENT).first(inDoubt()).deliver(3);

    assertThat(run.batches()).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3));
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(3);
  }

  @Test
  void doubtThatNeverEndsIsToldAsUnknown() {
    var run =
        new Rehearsal(policy -> policy, IDEMPOTENT)
            .first(inDoubt())
            .answering(unavailable())
            .deliver(3);

    // The later failures applied nothing, but the first call may have.
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2, 3);
  }

  @Test
  void destinationThatForgetsIsSentABatchInDoubtAgainOnlyWhileItRemembers() {
    var run =
        new Rehearsal(policy -> policy, IDEMPOTENT.repeatableFor(Duration.ofMinutes(5)))
            .first(inDoubt())
            .first(throttled(Duration.ofMinutes(4)))
            .first(throttled(Duration.ofMinutes(2)))
            .answering(accepting())
            .deliver(3);

    assertThat(run.calls).as("the last wait ends after the destination forgot").hasSize(3);
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2, 3);
  }

  @Test
  void timeThrottledBeforeADoubtIsNotCountedAgainstWhatTheDestinationRemembers() {
    var run =
        new Rehearsal(policy -> policy, IDEMPOTENT.repeatableFor(Duration.ofMinutes(5)))
            .first(throttled(Duration.ofMinutes(4)))
            .first(inDoubt())
            .first(throttled(Duration.ofMinutes(4)))
            .answering(accepting())
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2, 3);
  }

  @Test
  void batchUnderWayAtACrashIsNotRepeatedIfTheDestinationMayHaveForgottenIt() {
    var run =
        new Rehearsal(policy -> policy, IDEMPOTENT.repeatableFor(Duration.ofMinutes(5)))
            .answering(accepting());
    run.engine.acceptInDoubt(7, List.of(Item.of(1, 1)), Reason.of("the process ended"));
    run.end();

    assertThat(run.calls).isEmpty();
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1);
  }

  @Test
  void otherDestinationsAreNeverSentABatchInDoubtAgain() {
    var run = new Rehearsal(policy -> policy, plain()).first(inDoubt()).deliver(3);

    assertThat(run.calls).hasSize(1);
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2, 3);
  }

  @Test
  void destinationThatCanBeAskedSettlesTheDoubt() {
    var run =
        verifiable()
            .first(inDoubt())
            .finding(
                seen ->
                    new Findings.Found(
                        List.of(
                            new Presence.Present("id-1"),
                            new Presence.Absent(),
                            new Presence.Undecided(Reason.of("it has no key")))))
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2);
    assertThat(run.receipt(1).id()).isEqualTo("id-1");
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(3);
    assertThat(run.batches()).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3), List.of(2));
    assertThat(run.receipt(2).attempts()).as("a look-up carries nothing").isEqualTo(2);
  }

  @Test
  void lookUpThatFailsIsRepeatedAndThenGivenUp() {
    var run =
        verifiable()
            .first(inDoubt())
            .finding(seen -> new Findings.Failed(Reason.of("no answer")))
            .deliver(2);

    assertThat(run.calls.stream().filter(seen -> seen.call().kind() == Call.Kind.LOOKUP))
        .hasSize(5);
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(1, 2);
  }

  @Test
  void itemInDoubtAloneIsSettledAlone() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(
                each(
                    item ->
                        item == 2
                            ? new Verdict.InDoubt(Reason.of("internal failure"))
                            : Verdict.Accepted.WITHOUT_ID))
            .deliver(3);

    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(2);
    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 3);
  }

  @Test
  void duplicateAfterDoubtMeansThatTheFirstCallHadWorked() {
    Verdict duplicate =
        new Verdict.Rejected(
            Reason.of("unique_violation", "there already"), Verdict.Rejected.Kind.DUPLICATE);
    var run =
        new Rehearsal(policy -> policy, IDEMPOTENT)
            .first(inDoubt())
            .answering(each(item -> item == 1 ? duplicate : Verdict.Accepted.WITHOUT_ID))
            .deliver(2);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2);
  }

  @Test
  void onlyACallThatLeavesNoDoubtIsConcluded() {
    var run =
        new Rehearsal(policy -> policy.batchItems(1).inFlight(1), IDEMPOTENT)
            .first(inDoubt())
            .first(unavailable())
            .answering(accepting())
            .deliver(2);

    long doubted = run.calls.getFirst().call().batch().number();
    long other =
        run.calls.stream()
            .filter(seen -> seen.items().contains(2))
            .findFirst()
            .orElseThrow()
            .call()
            .batch()
            .number();
    assertThat(run.concluded).contains(other).doesNotContain(doubted);
  }

  @Test
  void duplicateWithoutDoubtIsARejection() {
    var duplicate =
        new Verdict.Rejected(Reason.of("there already"), Verdict.Rejected.Kind.DUPLICATE);
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(each(item -> duplicate))
            .offer("doubted", 1)
            .offer("fresh", 2)
            .end();

    // The rehearsal's engine is told that an earlier run left items with the key "doubted" in
    // doubt.
    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1);
    assertThat(run.ended(Disposition.REJECTED)).containsExactly(2);
  }

  @Test
  void batchUnderWayAtACrashIsSettledByTheDestinationsNature() {
    var idempotent = new Rehearsal(policy -> policy, IDEMPOTENT).answering(accepting());
    idempotent.engine.acceptInDoubt(7, List.of(Item.of(1, 1)), Reason.of("the process ended"));
    idempotent.end();
    assertThat(idempotent.ended(Disposition.DELIVERED)).containsExactly(1);
    assertThat(idempotent.calls.getFirst().call().batch().idempotencyKey()).isEqualTo("run-7");

    var plain = new Rehearsal(policy -> policy, plain());
    plain.engine.acceptInDoubt(7, List.of(Item.of(1, 1)), Reason.of("the process ended"));
    plain.end();
    assertThat(plain.calls).isEmpty();
    assertThat(plain.ended(Disposition.UNKNOWN)).containsExactly(1);

    var verifiable =
        verifiable()
            .finding(seen -> new Findings.Found(List.of(new Presence.Absent())))
            .answering(seen -> Reply.accepted(1));
    verifiable.engine.acceptInDoubt(7, List.of(Item.of(1, 1)), Reason.of("the process ended"));
    verifiable.end();
    assertThat(verifiable.ended(Disposition.DELIVERED)).containsExactly(1);
  }
}
