package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.run.ReasonDigest;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.SourceIdentity;
import dev.waybill.spi.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a ledger keeps, whichever database it stands on.
abstract class LedgerContract {

  final ManualClock clock = new ManualClock();
  final Machine machine = new Machine("alpha");
  private final List<SqlLedger> opened = new ArrayList<>();

  abstract String place();

  final SqlLedger open(ProcessTable processes) {
    SqlLedger ledger = Ledgers.open(place(), Durability.PROCESS, clock, processes);
    opened.add(ledger);
    return ledger;
  }

  final SqlLedger open() {
    return open(machine.seenBy(1));
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(SqlLedger::close);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void recoversExactlyWhatWasCommitted(long seed) {
    SqlLedger ledger = open();
    var life = new JournalLife(seed);
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      life.live(journal, 60);
    }
    for (int i = 0; i < 4; i++) {
      Resumed<String> resumed = ledger.resume("r");
      try (RunJournal<String> journal = resumed.journal()) {
        life.compare(resumed);
        life.live(journal, 60);
      }
      life.compare(ledger, "r");
    }
  }

  private static final LiveFlow ORDERS = new LiveFlow("orders", "kafka://b/orders", "sqlite:x");

  private static Position at(long offset) {
    return new Position("orders-0", offset, 0);
  }

  private static Item<String> liveItem(long ordinal, long offset) {
    var origin = new Origin("orders-0", 0, offset, ByteSlice.utf8("{}"));
    return new Item<>(ordinal, "k" + ordinal, "", origin);
  }

  @Test
  void whereRecordsOfALiveFlowStandOutlivesItsRuns() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("one", SourceIdentity.NONE))) {
      assertThat(journal.follow(ledger.live(ORDERS))).isEqualTo(LiveKnowledge.NONE);
      journal.sends(Given.batch(7, List.of(liveItem(1, 100), liveItem(2, 101), liveItem(3, 110))));
      journal.reached(new Stretch(at(5), at(40)));
      journal.reached(new Stretch(at(50), at(60)));
      journal.told(at(30));
      journal.commit();
      journal.forgets(at(50));
      journal.reached(new Stretch(at(5), at(60)));
      journal.commit();
      journal.reached(new Stretch(at(5), at(99)));
    }

    assertThat(ledger.live(ORDERS).lastRun()).isEqualTo("one");
    Resumed<String> resumed = ledger.resume("one");
    LiveKnowledge known = resumed.journal().follow(ledger.live(ORDERS));
    assertThat(known.settled()).containsExactly(new Stretch(at(5), at(60)));
    assertThat(known.told()).containsExactly(Map.entry("orders-0", at(30)));
    assertThat(known.inDoubt())
        .containsExactly(
            new Located(7, new Span(1, 2), at(100)), new Located(7, new Span(3, 3), at(110)));
    resumed.journal().finish(Given.report(), "");
    resumed.journal().close();

    try (RunJournal<String> journal = ledger.begin(Given.run("two", SourceIdentity.NONE))) {
      LiveKnowledge next = journal.follow(ledger.live(ORDERS));
      assertThat(next.settled()).containsExactly(new Stretch(at(5), at(60)));
      assertThat(next.inDoubt())
          .as("their calls are over, and may have been applied")
          .containsExactly(
              new Located(-1, new Span(1, 2), at(100)), new Located(-1, new Span(3, 3), at(110)));
    }
  }

  private static Settlement<String> arrived(Item<String> item) {
    return Given.settlement(1, List.of(item), Disposition.DELIVERED, null);
  }

  @Test
  void whatALiveRunLeftInDoubtGoesFromRunToRunUntilItHasComeToItsEnd() {
    SqlLedger ledger = open();
    List<Item<String>> items = List.of(liveItem(1, 10), liveItem(2, 11), liveItem(3, 12));
    try (RunJournal<String> journal = ledger.begin(Given.run("one", SourceIdentity.NONE))) {
      journal.follow(ledger.live(ORDERS));
      journal.sends(Given.batch(4, items));
      journal.commit();
      journal.settled(arrived(items.getFirst()));
      journal.reached(new Stretch(at(10), at(10)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = ledger.begin(Given.run("two", SourceIdentity.NONE))) {
      assertThat(journal.follow(ledger.live(ORDERS)).inDoubt())
          .containsExactly(new Located(-1, new Span(1, 2), at(11)));
      journal.settled(arrived(liveItem(1, 11)));
      journal.reached(new Stretch(at(10), at(11)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = ledger.begin(Given.run("three", SourceIdentity.NONE))) {
      assertThat(journal.follow(ledger.live(ORDERS)).inDoubt())
          .containsExactly(new Located(-1, new Span(1, 1), at(12)));
      journal.settled(arrived(liveItem(1, 12)));
      journal.reached(new Stretch(at(10), at(12)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = ledger.begin(Given.run("four", SourceIdentity.NONE))) {
      assertThat(journal.follow(ledger.live(ORDERS)).inDoubt()).isEmpty();
    }
  }

  @Test
  void onlyOneOfTwoRunsOfALiveFlowThatBeginAtOnceIsItsRun() {
    SqlLedger ledger = open();
    LiveState seenByBoth = ledger.live(ORDERS);
    try (RunJournal<String> one = ledger.begin(Given.run("one", SourceIdentity.NONE));
        RunJournal<String> two = ledger.begin(Given.run("two", SourceIdentity.NONE))) {
      one.follow(seenByBoth);
      assertThatThrownBy(() -> two.follow(seenByBoth))
          .isInstanceOf(UserException.class)
          .hasMessage("Another run of the live flow orders has begun just now.");
    }
  }

  @Test
  void liveFlowKeepsItsNameForOneSourceAndOneDestinationAndATextForItsSource() {
    SqlLedger ledger = open();
    LiveState state = ledger.live(ORDERS);
    assertThat(state.bookmark()).isNull();
    state.bookmark("{\"lsn\":42}");
    assertThat(ledger.live(ORDERS).bookmark()).isEqualTo("{\"lsn\":42}");
    assertThatThrownBy(
            () -> ledger.live(new LiveFlow("orders", ORDERS.source(), "postgresql://db/crm")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("goes to sqlite:x, and not postgresql://db/crm");
  }

  @Test
  void headerComesBackWithSecretsMasked() {
    SqlLedger ledger = open();
    ledger.begin(Given.run("r")).close();

    Resumed<String> resumed = ledger.resume("r");

    RunHeader header = resumed.header();
    assertThat(header.destination()).isEqualTo("postgresql://me:***@db/crm?sslpassword=***");
    assertThat(header)
        .usingRecursiveComparison()
        .ignoringFields("destination")
        .isEqualTo(Given.run("r"));
  }

  @Test
  void undeliveredItemsComeBackWithAllThatIsKnownOfThem() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      journal.sends(Given.batch(1, 1, 3));
      journal.settled(Given.delivered(1, 1, 1));
      journal.settled(
          Given.settlement(
              1,
              Given.items(2, 2),
              Disposition.REJECTED,
              Reason.of("a\\b\t\n\r", "naïve ☃ \\N 'x'")));
      journal.commit();
    }
    try (Stream<ItemRecord> items = ledger.items("r", EnumSet.allOf(Disposition.class))) {
      ItemRecord item = items.findFirst().orElseThrow();
      assertThat(item.reason()).isEqualTo(Reason.of("a\\b\t\n\r", "naïve ☃ \\N 'x'"));
      assertThat(item.place()).isEqualTo(new ItemRecord.Place("in.csv", 3, 20, 6));
      assertThat(item.key()).isEqualTo("k2");
      assertThat(item.attempts()).isEqualTo(1);
      assertThat(item.batch()).isEqualTo(1);
      assertThat(item.bytes()).isNull();
      assertThat(Duration.between(item.settledAt(), ledger.find("r").header().startedAt()).abs())
          .isLessThan(Duration.ofDays(1000));
    }
  }

  @Test
  void bytesAreKeptWhereTheSourceCanNotBeReadAgain() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r", SourceIdentity.NONE))) {
      journal.sends(Given.batch(1, 1, 2));
      journal.settled(Given.rejected(1, 1, 1));
      journal.settled(Given.unsent(3, 4));
      journal.commit();
    }
    try (Stream<ItemRecord> items = ledger.items("r", EnumSet.allOf(Disposition.class))) {
      assertThat(items.map(ItemRecord::bytes))
          .containsExactly(
              ByteSlice.utf8("row 1\n"), ByteSlice.utf8("row 3\n"), ByteSlice.utf8("row 4\n"));
    }
    try (Stream<UnsentItems> unsent = ledger.unsent("r")) {
      assertThat(unsent).isEmpty();
    }
  }

  @Test
  void undeliveredItemsAreListedPartByPart() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      journal.sends(Given.batch(1, 1, 10));
      journal.settled(Given.delivered(1, 1, 4));
      journal.settled(Given.rejected(1, 5, 9));
      journal.settled(
          Given.settlement(
              1, Given.items(10, 10), Disposition.REJECTED, Reason.of("odd", "100% wrong")));
      journal.settled(Given.unsent(11, 20));
      journal.commit();
    }
    Set<Disposition> all = EnumSet.allOf(Disposition.class);

    var seen = new ArrayList<Long>();
    long after = 0;
    do {
      ItemPage page = ledger.page("r", new ItemQuery(all, null, null, after, 3));
      page.items().forEach(item -> seen.add(item.ordinal()));
      after = page.next();
    } while (after != 0);
    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(5, 20).boxed().toList());

    assertThat(ledger.page("r", new ItemQuery(all, "odd", null, 0, 3)).items())
        .extracting(ItemRecord::ordinal)
        .containsExactly(10L);
    assertThat(ledger.page("r", new ItemQuery(all, null, "100% WRONG", 0, 3)).items()).hasSize(1);
    assertThat(ledger.page("r", new ItemQuery(all, null, "1_0", 0, 3)).items()).isEmpty();
    assertThat(
            ledger.page("r", new ItemQuery(Set.of(Disposition.UNKNOWN), null, null, 0, 3)).items())
        .isEmpty();
    assertThat(ledger.run("r")).isPresent();
    assertThat(ledger.run("nobody")).isEmpty();
  }

  @Test
  void manyRowsAreStreamedInOrder() {
    SqlLedger ledger = open();
    int items = 25_000;
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      for (int i = items; i >= 1; i -= 100) {
        journal.settled(Given.rejected(1, i - 99, i));
      }
      journal.commit();
    }
    try (Stream<ItemRecord> rows = ledger.items("r", Set.of(Disposition.REJECTED))) {
      long[] last = {0};
      assertThat(rows.peek(row -> assertThat(row.ordinal()).isEqualTo(++last[0])).count())
          .isEqualTo(items);
    }
  }

  @Test
  void theRestOfAStoppedRunIsOneRange() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      journal.settled(Given.delivered(1, 1, 10));
      for (int i = 11; i <= 5_000; i++) {
        journal.settled(Given.unsent(i, i));
        if (i % 700 == 0) {
          journal.commit();
        }
      }
      journal.commit();
    }
    try (Stream<UnsentItems> unsent = ledger.unsent("r")) {
      assertThat(unsent)
          .containsExactly(new UnsentItems(new Span(11, 5_000), Reason.of("the run was stopped")));
    }
    assertThat(ledger.reasons("r").getFirst().count()).isEqualTo(4_990);
  }

  @Test
  void finishedRunShowsItsReportAndReasonsAndCanNotBeResumed() {
    SqlLedger ledger = open();
    var reasons = new ReasonDigest();
    reasons.add(Given.rejected(1, 2, 4));
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      journal.sends(Given.batch(1, 1, 4));
      journal.settled(Given.delivered(1, 1, 1));
      journal.settled(Given.rejected(1, 2, 4));
      journal.finish(
          Given.report(new Tally(4, 1, 3, 0, 0, 7, 2, 1, 3), null, reasons), "{\"ok\":1}");
    }

    RunRecord run = ledger.find("last");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.report()).isEqualTo("{\"ok\":1}");
    assertThat(run.counts())
        .isEqualTo(new RunCounts(1, 3, 0, 0, 7, 3, 2, 1, Duration.ofMillis(1_500)));
    assertThat(ledger.reasons("r")).isEqualTo(reasons.groups());
    assertThatThrownBy(() -> ledger.resume("r"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be resumed; send what did not arrive with");
  }

  @Test
  void reasonsOfAllLivesAreReckonedUp() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      journal.settled(Given.rejected(1, 1, 3));
      journal.commit();
    }
    Resumed<String> resumed = ledger.resume("r");
    var secondLife = new ReasonDigest();
    secondLife.add(Given.rejected(2, 4, 4));
    try (RunJournal<String> journal = resumed.journal()) {
      journal.settled(Given.rejected(2, 4, 4));
      journal.finish(
          Given.report(new Tally(1, 0, 1, 0, 0, 1, 0, 0, 0), Reason.of("enough"), secondLife), "");
    }

    ReasonDigest.Group group = ledger.reasons("r").getFirst();
    assertThat(group.count()).isEqualTo(4);
    assertThat(group.examples())
        .extracting(ReasonDigest.Example::ordinal)
        .containsExactly(1L, 2L, 3L);
    assertThat(group.examples().getFirst().line()).isEqualTo(2);
    RunRecord run = ledger.find("r");
    assertThat(run.status()).isEqualTo(RunStatus.GIVEN_UP);
    assertThat(run.reason()).isEqualTo("enough");
  }

  @Test
  void reasonsOfSeveralRunsAreKnownSinceTheFirstOfThem() {
    SqlLedger ledger = open();
    for (int i = 1; i <= 2; i++) {
      var reasons = new ReasonDigest();
      reasons.add(Given.rejected(1, 2, 4));
      try (RunJournal<String> journal = ledger.begin(Given.run("r" + i))) {
        journal.finish(Given.report(new Tally(4, 1, 3, 0, 0, 7, 2, 1, 3), null, reasons), "");
      }
    }
    ledger.begin(Given.run("r3")).close();

    assertThat(ledger.reasons(List.of("r1", "r2", "r3", "never")))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.count()).isEqualTo(6);
              assertThat(reason.disposition()).isEqualTo(Disposition.REJECTED);
              assertThat(reason.firstSeen()).isEqualTo(ledger.find("r1").header().startedAt());
              assertThat(reason.lastSeen()).isEqualTo(ledger.find("r2").header().startedAt());
              assertThat(reason.examples()).hasSize(3);
            });
    assertThat(ledger.reasons(List.of())).isEmpty();
  }

  @Test
  void runsAreListedNewestFirstByFlowAndStatus() {
    SqlLedger ledger = open();
    ledger.begin(Given.run("a1")).close();
    try (RunJournal<String> journal = ledger.begin(Given.retry("a2", "a1"))) {
      assertThat(ledger.runs(RunQuery.newest(9)))
          .extracting(RunRecord::id)
          .containsExactly("a2", "a1");
      assertThat(ledger.runs(RunQuery.newest(1))).extracting(RunRecord::id).containsExactly("a2");
      assertThat(ledger.runs(RunQuery.newest(9).in(RunStatus.RUNNING)))
          .extracting(RunRecord::id)
          .containsExactly("a2");
      assertThat(ledger.runs(RunQuery.newest(9).in(RunStatus.INTERRUPTED, RunStatus.FINISHED)))
          .extracting(RunRecord::id)
          .containsExactly("a1");
      assertThat(ledger.runs(RunQuery.newest(9).ofFlow("other"))).isEmpty();
      journal.finish(Given.report(), "");
    }
    assertThat(ledger.runs(RunQuery.newest(9).in(RunStatus.FINISHED)))
        .extracting(RunRecord::id)
        .containsExactly("a2");
  }

  @Test
  void runIsFoundByTheBeginningOfItsId() {
    SqlLedger ledger = open();
    assertThatThrownBy(() -> ledger.find("last")).hasMessageContaining("has no runs yet");
    ledger.begin(Given.run("abc1")).close();
    ledger.begin(Given.run("abd2")).close();

    assertThat(ledger.find("abc").id()).isEqualTo("abc1");
    assertThatThrownBy(() -> ledger.find("ab"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than one run begins with ab (abc1, abd2)");
    assertThatThrownBy(() -> ledger.find("x%"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("knows no run x%");
  }

  @Test
  void lineageGoesUpToTheFirstRunAndDownToTheRetries() {
    SqlLedger ledger = open();
    ledger.begin(Given.run("a")).close();
    ledger.begin(Given.retry("b", "a")).close();
    ledger.begin(Given.retry("c", "b")).close();
    ledger.begin(Given.retry("d", "c")).close();

    Lineage lineage = ledger.lineage("c");

    assertThat(lineage.ancestors()).extracting(RunRecord::id).containsExactly("b", "a");
    assertThat(lineage.retries()).extracting(RunRecord::id).containsExactly("d");
  }

  @Test
  void runThatAnotherProcessWorksOnCanNotBeResumed() {
    SqlLedger here = open(machine.seenBy(1));
    SqlLedger there = open(machine.seenBy(2));
    here.begin(Given.run("r"));

    assertThatThrownBy(() -> there.resume("r"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run r is worked on by process 1 on alpha since 20");
    assertThat(there.find("r").status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void processThatEndedHoldsNothing() {
    RunJournal<String> dead = open(machine.seenBy(1)).begin(Given.run("r"));
    dead.settled(Given.delivered(1, 1, 5));
    dead.commit();
    machine.kill(1);

    Resumed<String> resumed = open(machine.seenBy(2)).resume("r");

    assertThat(resumed.recovery().settled().asList()).containsExactly(new Span(1, 5));
  }

  @Test
  void processOnAnotherMachineIsWaitedForUntilItsLeaseLapses() {
    open(machine.seenBy(1)).begin(Given.run("r"));
    machine.kill(1);
    SqlLedger elsewhere = open(new Machine("beta").seenBy(2));

    clock.advance(Lease.LAPSE.minusSeconds(1));
    assertThatThrownBy(() -> elsewhere.resume("r")).hasMessageContaining("on alpha");
    clock.advance(Duration.ofSeconds(2));

    assertThat(elsewhere.find("r").status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(elsewhere.resume("r").recovery().lastNumber()).isZero();
  }

  @Test
  void heartbeatKeepsTheLeaseOfARunThatCommitsNothing() {
    SqlLedger here = open(machine.seenBy(1));
    SqlLedger there = open(machine.seenBy(2));
    RunJournal<String> journal = here.begin(Given.run("r"));
    for (int i = 0; i < 10; i++) {
      clock.advance(Lease.BEAT);
      here.beat();
    }

    assertThatThrownBy(() -> there.resume("r")).isInstanceOf(UserException.class);
    journal.settled(Given.delivered(1, 1, 1));
    journal.commit();
  }

  @Test
  void whoWasTakenForDeadCanNotCommitAnyMore() {
    RunJournal<String> slow = open(machine.seenBy(1)).begin(Given.run("r"));
    slow.sends(Given.batch(1, 1, 2));
    slow.commit();
    SqlLedger there = open(machine.seenBy(2));
    clock.advance(Lease.LAPSE.plusSeconds(1));
    Resumed<String> resumed = there.resume("r");
    resumed.journal().settled(Given.rejected(1, 1, 2));
    resumed.journal().commit();

    slow.settled(Given.rejected(1, 1, 2));

    assertThatThrownBy(slow::commit)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run r was taken over by another process");
    assertThatThrownBy(slow::commit).isInstanceOf(UserException.class);
    slow.close();
    assertThat(there.find("r").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(there.find("r").counts().rejected()).isEqualTo(2);
  }

  @Test
  void twoRunsAreKeptSideBySide() {
    SqlLedger here = open(machine.seenBy(1));
    SqlLedger there = open(machine.seenBy(2));
    try (RunJournal<String> one = here.begin(Given.run("a"));
        RunJournal<String> two = there.begin(Given.run("b"))) {
      for (int i = 0; i < 50; i++) {
        one.settled(Given.delivered(i + 1, i * 10L + 1, i * 10L + 10));
        two.settled(Given.rejected(i + 1, i * 10L + 1, i * 10L + 10));
        one.commit();
        two.commit();
      }
    }
    assertThat(here.find("a").counts().delivered()).isEqualTo(500);
    assertThat(here.find("b").counts().rejected()).isEqualTo(500);
  }

  @Test
  void closedLedgerLeavesItsRunsToOthers() {
    SqlLedger here = open(machine.seenBy(1));
    here.begin(Given.run("r"));
    here.close();

    assertThat(open(machine.seenBy(2)).resume("r").recovery().lastKnown()).isZero();
  }

  @Test
  void sourceThatChangedIsNoticed() {
    SqlLedger ledger = open();
    ledger.begin(Given.run("r")).close();
    var today = new SourceIdentity(List.of(new SourceIdentity.Part("/data/in.csv", 9, "x")));

    assertThat(ledger.find("r").header().identity().difference(today))
        .contains("/data/in.csv had 12,345 bytes and has 9 now");
  }
}
