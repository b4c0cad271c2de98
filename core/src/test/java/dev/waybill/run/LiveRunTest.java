package dev.waybill.run;

import static dev.waybill.run.Shore.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Stretch;
import dev.waybill.spi.Traits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A live run from end to end, with a source and a destination in memory.
@Timeout(30)
class LiveRunTest {

  private static final Reason NOT_YET = Reason.of("not_yet", "not yet");

  private static Verdict passing() {
    return new Verdict.Rejected(NOT_YET, Verdict.Rejected.Kind.PASSING);
  }

  @Test
  void whatComesIsDeliveredAndTheSourceIsToldOnceItStops() throws InterruptedException {
    var work = new AtWork(new Pond(), new Shore(Traits.Idempotence.IDEMPOTENT));
    for (int i = 1; i <= 500; i++) {
      work.pond.put("p" + i % 3, "k" + i, 1);
    }
    work.awaitSettled(500);
    Report report = work.stop();

    assertThat(report.tally().delivered()).isEqualTo(500);
    assertThat(report.givenUp()).isFalse();
    assertThat(work.shore.accepted).hasSize(500).doesNotHaveDuplicates();
    assertThat(work.pond.told.get("p1")).isEqualTo(new Position("p1", 167, 0));
    assertThat(work.pond.closed.getCount()).isZero();
  }

  @Test
  void poisonedRecordHoldsUpItsOwnKeyOnlyAndIsParked() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.verdict = item -> name(item).equals("bad.1") ? passing() : Verdict.Accepted.WITHOUT_ID;
    var work = new AtWork(new Pond(), shore);
    work.pond.put("p", "bad", 1);
    work.pond.put("p", "bad", 2);
    for (int i = 1; i <= 300; i++) {
      work.pond.put("p", "good" + i, 1);
    }
    work.awaitSettled(302);
    Report report = work.stop();

    assertThat(report.tally().rejected()).isEqualTo(1);
    assertThat(work.settled)
        .filteredOn(settlement -> settlement.disposition() == Disposition.REJECTED)
        .flatExtracting(Settlement::items)
        .extracting(item -> name(item))
        .containsExactly("bad.1");
    assertThat(shore.accepted)
        .as("the next of its key waits until it has come to its end, all others do not")
        .endsWith("bad.2");
    assertThat(work.pond.toldOffset("p")).isEqualTo(302);
  }

  @Test
  void recordsOfAKeyStayInOrderHoweverOftenTheyFail() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    var tries = new ConcurrentHashMap<String, Integer>();
    shore.verdict =
        item ->
            tries.merge(name(item), 1, Integer::sum) % 3 == item.payload().hashCode() % 2
                ? passing()
                : Verdict.Accepted.WITHOUT_ID;
    var work = new AtWork(new Pond(), shore);
    for (int version = 1; version <= 20; version++) {
      for (int key = 0; key < 10; key++) {
        work.pond.put("p" + key % 2, "k" + key, version);
      }
    }
    work.awaitSettled(200);
    work.stop();

    for (int key = 0; key < 10; key++) {
      String prefix = "k" + key + ".";
      List<Integer> versions =
          shore.accepted.stream()
              .filter(name -> name.startsWith(prefix))
              .map(name -> Integer.parseInt(name.substring(prefix.length())))
              .toList();
      assertThat(versions).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void sourceIsNotToldOfWhatStillWaits() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.verdict =
        item ->
            name(item).equals("slow.1")
                ? new Verdict.Deferred(NOT_YET)
                : Verdict.Accepted.WITHOUT_ID;
    var work = new AtWork(new Pond(), shore);
    work.pond.put("p", "first", 1);
    work.pond.put("p", "slow", 1);
    work.pond.put("p", "last", 1);
    work.awaitSettled(2);
    Report report = work.stop();

    assertThat(work.pond.told).containsOnly(Map.entry("p", new Position("p", 1, 0)));
    assertThat(report.tally().offered())
        .as("what the source has still is not counted")
        .isEqualTo(2);
    assertThat(report.tally().unprocessed()).isZero();
  }

  @Test
  void partitionThatIsGivenAwayIsLetGoWithoutACallUnderWay() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.verdict =
        item ->
            name(item).startsWith("wait")
                ? new Verdict.Deferred(NOT_YET)
                : Verdict.Accepted.WITHOUT_ID;
    var work = new AtWork(new Pond(), shore);
    work.pond.put("leaves", "a", 1);
    work.pond.put("leaves", "wait", 1);
    work.pond.put("stays", "b", 1);
    work.pond.put("stays", "wait too", 1);
    work.awaitSettled(2);
    work.pond.releases.add(Set.of("leaves"));
    assertThat(work.pond.released.take())
        .containsOnly(Map.entry("leaves", new Position("leaves", 1, 0)));

    shore.verdict = item -> Verdict.Accepted.WITHOUT_ID;
    work.pond.put("stays", "c", 1);
    work.awaitSettled(4);
    work.stop();

    assertThat(shore.accepted)
        .as("what waited of the partition that left is somebody else's now")
        .containsExactlyInAnyOrder("a.1", "b.1", "wait too.1", "c.1");
    assertThat(work.pond.toldOffset("stays")).isEqualTo(3);
  }

  @Test
  void destinationThatIsDownEndsNothingAndParksNothing() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.reply = new Reply.Unavailable(Reason.of("down"));
    var work = new AtWork(new Pond(), shore);
    for (int i = 1; i <= 50; i++) {
      work.pond.put("p", "k" + i, 1);
    }
    // Failed calls come one after the other, far longer than until an item is parked.
    while (work.run.progress().tally().failedCalls() < 60) {
      Thread.onSpinWait();
    }
    shore.reply = null;
    work.awaitSettled(50);

    assertThat(work.stop().tally().delivered()).isEqualTo(50);
  }

  @Test
  void fatalReplyEndsTheRunAndWhatWasNotSentIsTheSourcesStill() throws InterruptedException {
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    shore.reply = new Reply.Fatal(Reason.of("the key was revoked"));
    var work = new AtWork(new Pond(), shore);
    work.pond.put("p", "a", 1);
    Report report = work.end();

    assertThat(report.stopped()).isEqualTo(Reason.of("the key was revoked"));
    assertThat(report.tally().offered()).isZero();
    assertThat(work.pond.told).isEmpty();
    assertThat(work.pond.closed.getCount()).isZero();
  }

  @Test
  void sourceThatBreaksEndsTheRunWithItsSentence() throws InterruptedException {
    var work = new AtWork(new Pond(), new Shore(Traits.Idempotence.IDEMPOTENT));
    work.pond.breaks = new UserException("The user may not read the topic.");
    Report report = work.end();

    assertThat(report.unread()).isEqualTo("The user may not read the topic.");
    assertThat(report.givenUp()).isTrue();
  }

  /// An earlier life had settled offsets 1, 2 and 5, and 3, 4 and 7 were in calls when it ended.
  private static Recovery earlierLife() {
    return new Recovery(
        Spans.of(List.of(new Span(1, 2), new Span(5, 5))),
        Map.of(1L, List.of(new Span(3, 4)), 2L, List.of(new Span(6, 6))),
        2,
        null,
        new LiveKnowledge(
            List.of(
                new Stretch(new Position("p", 1, 0), new Position("p", 2, 0)),
                new Stretch(new Position("p", 5, 0), new Position("p", 5, 0))),
            Map.of(),
            List.of(
                new Located(1, new Span(3, 4), new Position("p", 3, 0)),
                new Located(2, new Span(6, 6), new Position("p", 7, 0)))));
  }

  @Test
  void afterACrashWhatWasSettledIsDroppedAndWhatWasInACallIsRepeatedFirst()
      throws InterruptedException {
    var pond = new Pond();
    for (int i = 1; i <= 9; i++) {
      pond.put("p", "k" + i, 1);
    }
    var shore = new Shore(Traits.Idempotence.IDEMPOTENT);
    var work = new AtWork(pond, shore, Journal.none(), earlierLife());
    work.awaitSettled(6);
    work.stop();

    assertThat(shore.accepted)
        .containsExactlyInAnyOrder("k3.1", "k4.1", "k6.1", "k7.1", "k8.1", "k9.1");
    assertThat(work.settled)
        .flatExtracting(Settlement::items)
        .extracting(item -> name(item) + " as " + item.ordinal())
        .contains("k3.1 as 3", "k4.1 as 4", "k7.1 as 6", "k6.1 as 7");
    assertThat(pond.toldOffset("p")).isEqualTo(9);
  }

  @Test
  void afterACrashWhatWasInACallIsUnknownWhereItMustNotBeRepeated() throws InterruptedException {
    var pond = new Pond();
    for (int i = 1; i <= 9; i++) {
      pond.put("p", "k" + i, 1);
    }
    var shore = new Shore(Traits.Idempotence.NOT_IDEMPOTENT);
    var work = new AtWork(pond, shore, Journal.none(), earlierLife());
    work.awaitSettled(6);
    Report report = work.stop();

    assertThat(shore.accepted).containsExactlyInAnyOrder("k6.1", "k8.1", "k9.1");
    assertThat(report.tally().unknown()).isEqualTo(3);
    assertThat(pond.toldOffset("p")).isEqualTo(9);
  }

  @Test
  void sourceIsToldWhileTheRunGoesOn() throws InterruptedException {
    var work = new AtWork(new Pond(), new Shore(Traits.Idempotence.IDEMPOTENT));
    work.pond.put("p", "a", 1);
    work.pond.firstTold.await();
    assertThat(work.pond.toldOffset("p")).isEqualTo(1);
    assertThat(work.run.standing().lag()).isEqualTo(Lag.records(0));
    work.stop();
  }
}
