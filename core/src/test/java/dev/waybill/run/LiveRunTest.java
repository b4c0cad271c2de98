package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Stretch;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A live run from end to end, with a source and a destination in memory.
@Timeout(30)
class LiveRunTest {

  private static final FieldNames NAMES = FieldNames.of("key", "version");
  private static final Reason NOT_YET = Reason.of("not_yet", "not yet");

  /// A source that hands over what a test puts into it.
  private static final class Pond implements LiveSource {
    final BlockingQueue<Item<Fields>> items = new LinkedBlockingQueue<>();
    final Map<String, Position> told = new ConcurrentHashMap<>();
    final BlockingQueue<Set<String>> releases = new ArrayBlockingQueue<>(1);
    final BlockingQueue<Map<String, Position>> released = new ArrayBlockingQueue<>(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch firstTold = new CountDownLatch(1);
    volatile @Nullable RuntimeException breaks;
    private final Map<String, Long> offsets = new HashMap<>();
    private @Nullable Host host;

    void put(String partition, String key, int version) {
      long offset = offsets.merge(partition, 1L, Long::sum);
      put(partition, offset, key, version);
    }

    void put(String partition, long offset, String key, int version) {
      var origin = new Origin(partition, 0, offset, ByteSlice.utf8(key + " " + version));
      items.add(new Item<>(1, key, Fields.of(NAMES, key, version), origin));
    }

    /// Up to where it was told that all is settled; 0 if it was not told.
    long toldOffset(String partition) {
      Position upTo = told.get(partition);
      return upTo == null ? 0 : upTo.offset();
    }

    @Override
    public FieldNames columns() {
      return NAMES;
    }

    @Override
    public @Nullable String name() {
      return "pond";
    }

    @Override
    public void start(Host newHost) {
      host = newHost;
    }

    @Override
    public void poll(Intake<Fields> intake, int most, Duration wait) {
      RuntimeException broken = breaks;
      if (broken != null) {
        throw broken;
      }
      Set<String> release = releases.poll();
      if (release != null) {
        released.add(Objects.requireNonNull(host).release(release));
      }
      try {
        Item<Fields> item =
            most == 0 ? null : items.poll(Math.min(10, wait.toMillis()), TimeUnit.MILLISECONDS);
        for (int i = 1; item != null; i++) {
          intake.accept(item);
          item = i < most ? items.poll() : null;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void settled(Map<String, Position> upTo) {
      told.putAll(upTo);
      Objects.requireNonNull(host).committed(upTo);
      firstTold.countDown();
    }

    @Override
    public Lag lag() {
      return Lag.records(items.size());
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /// A destination that notes what it accepted, in order, and answers as a test says.
  private static final class Shore implements Destination<Fields> {
    final List<String> accepted = new CopyOnWriteArrayList<>();
    volatile Function<Item<Fields>, Verdict> verdict = item -> Verdict.Accepted.WITHOUT_ID;
    volatile @Nullable Reply reply;
    private final Traits traits;

    Shore(Traits.Idempotence idempotence) {
      traits = Traits.of(idempotence).suggesting(10, 4, 0);
    }

    @Override
    public Traits traits() {
      return traits;
    }

    @Override
    public Reply send(Batch<Fields> batch) {
      Reply whole = reply;
      if (whole != null) {
        return whole;
      }
      var verdicts = new ArrayList<Verdict>();
      for (Item<Fields> item : batch.items()) {
        Verdict of = verdict.apply(item);
        if (of instanceof Verdict.Accepted) {
          accepted.add(name(item));
        }
        verdicts.add(of);
      }
      return new Reply.Answered(verdicts);
    }

    @Override
    public void close() {}
  }

  private static String name(Item<Fields> item) {
    return item.payload().get("key") + "." + item.payload().get("version");
  }

  /// A run at work.
  private static final class AtWork {
    final Pond pond;
    final Shore shore;
    final List<Settlement<Fields>> settled = new CopyOnWriteArrayList<>();
    final LiveRun<Fields> run;
    private final FutureTask<Report> report;

    AtWork(Pond pond, Shore shore, Journal<Fields> journal, Recovery recovery) {
      this.pond = pond;
      this.shore = shore;
      Policy policy =
          Policy.forTraits(shore.traits())
              .parkAfter(Duration.ofMillis(400))
              .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)))
              .patience(Duration.ofDays(1))
              .linger(Duration.ofMillis(5))
              .order(Policy.Order.PER_KEY)
              .heldItems(1_000)
              .build();
      var supply =
          new LiveSupply<Fields>(
              pond,
              next -> next,
              new Bookmark() {
                @Override
                public @Nullable String read() {
                  return null;
                }

                @Override
                public void write(String text) {}
              });
      run = new LiveRun<>("run", supply, shore, policy, journal, recovery, settled::add, null);
      report = new FutureTask<>(run::execute);
      Thread.ofPlatform().daemon().start(report);
    }

    AtWork(Pond pond, Shore shore) {
      this(pond, shore, Journal.none(), Recovery.none());
    }

    void awaitSettled(int count) {
      while (run.progress().tally().settled() < count) {
        Thread.onSpinWait();
      }
    }

    Report end() throws InterruptedException {
      try {
        return report.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }

    Report stop() throws InterruptedException {
      run.stop();
      return end();
    }
  }

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
