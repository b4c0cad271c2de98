package dev.waybill.delivery;

import static dev.waybill.delivery.Rehearsal.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchingTest {

  @Test
  void itemsTravelInFullBatchesAndTheLastAsItIs() {
    var run = new Rehearsal(policy -> policy.batchItems(4), plain()).deliver(10);

    assertThat(run.batches())
        .containsExactly(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9, 10));
    assertThat(run.ended(Disposition.DELIVERED)).hasSize(10);
    assertThat(run.engine.finished()).isTrue();
  }

  @Test
  void batchesAreCutByBytesToo() {
    // An item's number is its size here.
    var run = new Rehearsal(policy -> policy.batchItems(100), plain().maxBytes(10, 8)).deliver(6);

    assertThat(run.batches()).containsExactly(List.of(1, 2, 3, 4), List.of(5), List.of(6));
  }

  @Test
  void itemOverTheLimitIsRejectedWithBothSizes() {
    var run = new Rehearsal(policy -> policy, plain().maxBytes(10, 8)).deliver(9);

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(9);
    assertThat(run.receipt(9).attempts()).isZero();
    assertThat(String.valueOf(run.receipt(9).reason())).contains("9 bytes").contains("8");
  }

  @Test
  void lingerSendsWhatIsThereAfterItsTime() {
    var run =
        new Rehearsal(policy -> policy.batchItems(100).linger(Duration.ofMillis(50)), plain())
            .offer(3)
            .play();

    assertThat(run.calls).hasSize(1);
    assertThat(run.calls.getFirst().atMillis()).isEqualTo(50);
    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2, 3);
  }

  @Test
  void flushSendsWhatIsThereAtOnceAndLaterItemsFillBatchesAgain() {
    var run = new Rehearsal(policy -> policy.batchItems(3), plain()).offer(2);
    run.engine.flush();
    run.play();
    assertThat(run.batches()).containsExactly(List.of(1, 2));

    run.offer(2).play();

    assertThat(run.batches()).hasSize(1);
    run.end();
    assertThat(run.batches()).containsExactly(List.of(1, 2), List.of(3, 4));
  }

  @Test
  void fullEngineSendsABatchThatCanNotBeFilled() {
    var run = new Rehearsal(policy -> policy.batchItems(100).heldItems(5), plain()).offer(5);

    assertThat(run.engine.wantsItems()).isFalse();
    run.engine.advance(1);
    run.play();

    assertThat(run.ended(Disposition.DELIVERED)).hasSize(5);
    assertThat(run.engine.wantsItems()).isTrue();
  }

  @Test
  void noMoreCallsThanAllowedAreUnderWay() {
    var run = new Rehearsal(policy -> policy.batchItems(1).inFlight(3), plain()).deliver(20);

    assertThat(run.mostUnderWay).isEqualTo(3);
  }

  @Test
  void idsOfTheDestinationComeBackWithTheReceipts() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(
                Rehearsal.each(
                    item ->
                        item == 2
                            ? new Verdict.Rejected(Rehearsal.BAD, Verdict.Rejected.Kind.PERMANENT)
                            : new Verdict.Accepted("id-" + item)))
            .deliver(3);

    assertThat(run.receipt(1).id()).isEqualTo("id-1");
    assertThat(run.receipt(2).disposition()).isEqualTo(Disposition.REJECTED);
    assertThat(run.receipt(3).id()).isEqualTo("id-3");
  }

  @Test
  void refusedByTheSourceIsRejectedWithoutACall() {
    var run = new Rehearsal(policy -> policy, plain());
    run.engine.refuse(dev.waybill.Item.of(1, 1), Reason.of("no such date"));
    run.end();

    assertThat(run.ended(Disposition.REJECTED)).containsExactly(1);
    assertThat(run.calls).isEmpty();
  }

  @Test
  void missingVerdictMeansDoubt() {
    var run =
        new Rehearsal(policy -> policy, plain())
            .answering(seen -> Reply.accepted(seen.items().size() - 1))
            .deliver(3);

    assertThat(run.ended(Disposition.DELIVERED)).containsExactly(1, 2);
    assertThat(run.ended(Disposition.UNKNOWN)).containsExactly(3);
  }
}
