package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.delivery.Standing;
import dev.waybill.spi.Journal;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Stretch;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a live run makes of what an earlier life left, and of partitions that leave and come back.
@Timeout(30)
class LiveTakeUpTest {

  private static Position at(String partition, long offset) {
    return new Position(partition, offset, 0);
  }

  private static AtWork after(Traits.Idempotence idempotence, List<Located> inDoubt) {
    var known = new LiveKnowledge(List.of(), Map.of(), inDoubt);
    return new AtWork(
        new Pond(),
        new Shore(idempotence),
        Journal.none(),
        new Recovery(new Spans(), Map.of(), 7, null, known));
  }

  @Test
  void callIsMadeAgainAsItWasThoughPartitionsComeInAnotherOrder() throws InterruptedException {
    var work =
        after(
            Traits.Idempotence.IDEMPOTENT_CALL,
            List.of(
                new Located(5, new Span(1, 1), at("p", 1)),
                new Located(5, new Span(2, 2), at("q", 1))));
    work.pond.put("q", "second", 1);
    work.pond.put("p", "first", 1);
    work.awaitSettled(2);
    work.stop();

    Batch<?> again = work.shore.batches.getFirst();
    assertThat(again.number()).isEqualTo(5);
    assertThat(work.shore.accepted).containsExactly("first.1", "second.1");
  }

  @Test
  void callThatIsPutTogetherAgainOutlivesPartitionsThatLeave() throws InterruptedException {
    var work =
        after(
            Traits.Idempotence.IDEMPOTENT_CALL,
            List.of(new Located(5, new Span(1, 2), at("p", 1))));
    work.pond.put("p", "a", 1);
    // Polled before the release, or right after it.
    work.pond.releases.add(Set.of("q"));
    work.pond.released.take();
    work.pond.put("p", "b", 1);
    work.pond.put("p", "new", 1);
    work.awaitSettled(3);
    Report report = work.stop();

    assertThat(report.tally().delivered()).isEqualTo(3);
    assertThat(work.shore.batches.getFirst().number()).isEqualTo(5);
    assertThat(work.shore.accepted).containsExactly("a.1", "b.1", "new.1");
  }

  @Test
  void whatIsInDoubtIsNotSentAgainAfterAPartitionLeft() throws InterruptedException {
    var work =
        after(
            Traits.Idempotence.NOT_IDEMPOTENT, List.of(new Located(5, new Span(1, 2), at("p", 1))));
    work.pond.put("q", "other", 1);
    work.pond.releases.add(Set.of("q"));
    work.pond.released.take();
    work.pond.put("p", "a", 1);
    work.pond.put("p", "b", 1);
    work.awaitSettled(2);
    work.stop();

    assertThat(work.shore.accepted).doesNotContain("a.1", "b.1");
    assertThat(work.settled)
        .filteredOn(settlement -> settlement.disposition() == Disposition.UNKNOWN)
        .flatExtracting(Settlement::items)
        .hasSize(2);
  }

  @Test
  void whatAnEarlierRunLeftInDoubtIsUnknownWhenItComes() throws InterruptedException {
    var work =
        after(
            Traits.Idempotence.IDEMPOTENT_CALL,
            List.of(new Located(-1, new Span(1, 2), at("p", 2))));
    for (int i = 1; i <= 4; i++) {
      work.pond.put("p", "k" + i, 1);
    }
    work.awaitSettled(4);
    work.stop();

    assertThat(work.shore.accepted).containsExactlyInAnyOrder("k1.1", "k4.1");
    assertThat(work.settled)
        .filteredOn(settlement -> settlement.disposition() == Disposition.UNKNOWN)
        .flatExtracting(Settlement::items)
        .hasSize(2);
  }

  @Test
  void sourceIsToldOfWhatWasSettledBeforeThoughNothingNewComes() throws InterruptedException {
    var known =
        new LiveKnowledge(List.of(new Stretch(at("p", 1), at("p", 3))), Map.of(), List.of());
    var work =
        new AtWork(
            new Pond(),
            new Shore(Traits.Idempotence.IDEMPOTENT),
            Journal.none(),
            new Recovery(new Spans(), Map.of(), 7, null, known));
    for (int i = 1; i <= 3; i++) {
      work.pond.put("p", "k" + i, 1);
    }
    work.pond.firstTold.await();
    work.stop();

    assertThat(work.pond.told).containsEntry("p", at("p", 3));
    assertThat(work.shore.batches).isEmpty();
  }

  @Test
  void partitionThatCameBackIsNotSetBackAtTheEnd() throws InterruptedException {
    var work = new AtWork(new Pond(), new Shore(Traits.Idempotence.IDEMPOTENT));
    work.pond.put("p", "a", 1);
    work.pond.firstTold.await();
    work.pond.releases.add(Set.of("p"));
    assertThat(work.pond.released.take()).containsEntry("p", at("p", 1));
    // Others have read on by now; here nothing of it was read since.
    work.pond.told.clear();
    work.pond.heldAtTheEnd = Set.of("p");
    work.stop();

    assertThat(work.pond.told).isEmpty();
  }

  @Test
  void destinationIsLeftAloneForAsLongAsItAskedThoughAPartitionLeaves()
      throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.reply = new Reply.Throttled(Reason.of("later"), Duration.ofHours(1));
    var work = new AtWork(new Pond(), shore);
    work.pond.put("p", "a", 1);
    while (work.run.progress().tally().throttledCalls() == 0) {
      Thread.onSpinWait();
    }
    work.pond.releases.add(Set.of("q"));
    work.pond.released.take();
    work.pond.put("p", "b", 1);
    while (!work.pond.items.isEmpty()) {
      Thread.onSpinWait();
    }
    Standing standing = work.run.progress().standing();
    work.stop();

    assertThat(standing.waitsFor()).isEqualTo(Standing.Wait.GATE);
    assertThat(standing.closed()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    assertThat(shore.batches).hasSize(1);
  }
}
