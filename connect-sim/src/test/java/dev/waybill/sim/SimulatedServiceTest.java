package dev.waybill.sim;

import static dev.waybill.sim.Calls.batch;
import static dev.waybill.sim.Calls.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Reply.Answered;
import dev.waybill.Reply.Refused;
import dev.waybill.Reply.Throttled;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Accepted;
import dev.waybill.Verdict.Deferred;
import dev.waybill.Verdict.Rejected;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedServiceTest {

  private static final long SECOND = 1_000_000_000;

  private static SimulatedService service(String... settings) {
    return new SimulatedService(Behaviour.of(settings));
  }

  private static List<? extends Verdict> verdicts(Reply reply) {
    return ((Answered) reply).verdicts();
  }

  @Test
  void acceptsEverythingUnlessToldOtherwise() {
    var service = service();

    Outcome outcome = service.receive(batch(1, 1, 100), 0);

    assertThat(verdicts(outcome.seen())).hasSize(100).hasOnlyElementsOfType(Accepted.class);
    assertThat(outcome.applied().cardinality()).isEqualTo(100);
    assertThat(service.truth().applied()).isEqualTo(100);
    assertThat(service.truth().timesApplied(7)).isOne();
    assertThat(service.truth().timesApplied("p7@example.com")).isOne();
    assertThat(service.truth().timesApplied(101)).isZero();
  }

  @Test
  void eachCopyOfAnItemHasAnIdOfItsOwn() {
    var service = service();

    Object first = verdicts(service.receive(batch(1, 1, 1), 0).seen()).getFirst();
    Object second = verdicts(service.receive(batch(2, 1, 1), 0).seen()).getFirst();

    assertThat(first).isNotEqualTo(second);
    assertThat(service.truth().timesApplied(1)).isEqualTo(2);
    assertThat(service.truth().repeated()).isOne();
  }

  @Test
  void badItemIsBadInEveryCallAndInEveryLife() {
    var rejected = new ArrayList<List<Integer>>();
    for (int life = 0; life < 2; life++) {
      var service = service("bad", "0.1", "seed", "7");
      for (int call = 1; call <= 2; call++) {
        var verdicts = verdicts(service.receive(batch(call, 1, 1000), 0).seen());
        rejected.add(
            IntStream.range(0, 1000)
                .filter(i -> verdicts.get(i) instanceof Rejected)
                .boxed()
                .toList());
      }
    }

    assertThat(rejected.getFirst()).hasSizeBetween(70, 130);
    assertThat(rejected).allMatch(rejected.getFirst()::equals);
  }

  @Test
  void ruleSaysWhichItemsAreBadAndWhy() {
    var service = service("bad", "email endsWith @invalid.example");

    Reply reply =
        service.receive(batch(1, List.of(item(1), item(2, "x@invalid.example"))), 0).seen();

    assertThat(verdicts(reply).getFirst()).isInstanceOf(Accepted.class);
    assertThat(((Rejected) verdicts(reply).getLast()).reason().message())
        .isEqualTo("email 'x@invalid.example' is not acceptable");
    assertThat(service.truth().timesApplied(2)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"named, '[1, 3]'", "first, '[1]'", "unnamed, '[]'"})
  void refusedBatchIsNotAppliedAndNamesWhatItIsToName(String refuse, String suspects) {
    var service = service("bad", "email contains bad", "refuse", refuse);

    Outcome outcome =
        service.receive(batch(1, List.of(item(1), item(2, "bad2"), item(3), item(4, "bad4"))), 0);

    assertThat(((Refused) outcome.seen()).suspects()).hasToString(suspects);
    assertThat(outcome.applied().isEmpty()).isTrue();
    assertThat(service.truth().applied()).isZero();
  }

  @Test
  void badItemRefusedAloneIsToldItsOwnReason() {
    var service = service("bad", "email contains bad", "refuse", "unnamed");

    Reply reply = service.receive(batch(1, List.of(item(1, "bad1"))), 0).seen();

    assertThat(((Refused) reply).reason().message()).isEqualTo("email 'bad1' is not acceptable");
  }

  @Test
  void rejectionHealsAfterSoManyTries() {
    var service = service("bad", "email contains late", "heal-after", "2");
    var kinds = new ArrayList<Object>();

    for (int call = 1; call <= 3; call++) {
      Verdict verdict =
          verdicts(service.receive(batch(call, List.of(item(1, "late"))), 0).seen()).getFirst();
      kinds.add(verdict instanceof Rejected rejected ? rejected.kind() : "accepted");
    }

    assertThat(kinds).containsExactly(Kind.PASSING, Kind.PASSING, "accepted");
  }

  @Test
  void deferredItemsAreNotAppliedAndPassInTheEnd() {
    var service = service("defer", "0.5");
    List<Item<Fields>> left = batch(1, 1, 200).items();

    for (int call = 1; !left.isEmpty() && call < 100; call++) {
      List<Item<Fields>> sent = left;
      var verdicts = verdicts(service.receive(batch(call, sent), 0).seen());
      left =
          IntStream.range(0, sent.size())
              .filter(i -> verdicts.get(i) instanceof Deferred)
              .mapToObj(sent::get)
              .toList();
    }

    assertThat(left).isEmpty();
    assertThat(service.truth().applied()).isEqualTo(200);
    assertThat(service.truth().repeated()).isZero();
  }

  @Test
  void duplicateIsAnErrorWhereKeysAreUnique() {
    var service = service("unique", "email");
    service.receive(batch(1, 1, 1), 0);

    Reply reply =
        service.receive(batch(2, List.of(item(1), item(2), item(3, "p2@example.com"))), 0).seen();

    assertThat(verdicts(reply))
        .map(Verdict::getClass)
        .map(Class::getSimpleName)
        .containsExactly("Rejected", "Accepted", "Rejected");
    assertThat(((Rejected) verdicts(reply).getFirst()).kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(service.truth().applied()).isEqualTo(2);
  }

  @Test
  void upsertTakesThePlaceOfTheRecordWithItsKey() {
    var service = service("idempotent", "true");
    service.receive(batch(1, 1, 3), 0);

    service.receive(batch(1, 1, 3), 0);

    assertThat(service.truth().applied()).isEqualTo(3);
    assertThat(service.truth().overwritten()).isEqualTo(3);
    assertThat(service.truth().timesApplied(2)).isOne();
    assertThat(service.truth().repeated()).isZero();
  }

  @Test
  void repeatedCallIsAppliedOnceWhereIdempotencyKeysAreRemembered() {
    var service = service("idempotency-keys", "true");
    Batch<Fields> batch = batch(1, 1, 3);

    Reply first = service.receive(batch, 0).seen();
    Outcome second = service.receive(new Batch<>(1, batch.items(), 2, batch.run()), 0);

    assertThat(second.seen()).isEqualTo(first);
    assertThat(second.applied().isEmpty()).isTrue();
    assertThat(service.truth().applied()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "throttle, Throttled, 0",
    "fail-before, Unavailable, 0",
    "fail-after, InDoubt, 10",
    "half, InDoubt, 10",
    "nonsense, InDoubt, 10"
  })
  void faultIsSeenForWhatItIs(String fault, String reply, int applied) {
    var service = service(fault, "1");

    Outcome outcome = service.receive(batch(1, 1, 10), 0);

    assertThat(outcome.seen().getClass().getSimpleName()).isEqualTo(reply);
    assertThat(outcome.applied().cardinality()).isEqualTo(applied);
    assertThat(service.truth().applied()).isEqualTo(applied);
    assertThat(service.truth().count(outcome.fault())).isOne();
  }

  @ParameterizedTest
  @CsvSource({"timeout", "drop"})
  void brokenCallIsAppliedOneTimeInTwo(String fault) {
    var service = service(fault, "1");

    for (int call = 1; call <= 400; call++) {
      assertThat(service.receive(batch(call, call, call), 0).seen())
          .isInstanceOf(Reply.InDoubt.class);
    }

    assertThat(service.truth().applied()).isBetween(160L, 240L);
  }

  @Test
  void faultsComeAsOftenAsAskedAndTheSameInEveryLife() {
    String[] settings = {"throttle", "0.1", "fail-before", "0.2", "seed", "3"};
    var service = service(settings);
    var twin = service(settings);

    for (int call = 1; call <= 2000; call++) {
      Batch<Fields> batch = batch(call, call, call);
      assertThat(service.receive(batch, 0).fault()).isEqualTo(twin.receive(batch, 0).fault());
    }

    assertThat(service.truth().count(Fault.THROTTLED)).isBetween(150L, 250L);
    assertThat(service.truth().count(Fault.FAILED_BEFORE)).isBetween(320L, 480L);
  }

  @Test
  void callsAboveTheRateAreThrottledUntilTheRateAllowsThem() {
    var service = service("calls-per-second", "4");

    for (int call = 1; call <= 4; call++) {
      assertThat(service.receive(batch(call, call, call), 0).seen()).isInstanceOf(Answered.class);
    }
    Reply tooEarly = service.receive(batch(5, 5, 5), 0).seen();
    Reply inTime = service.receive(batch(5, 5, 5), SECOND / 4).seen();

    assertThat(((Throttled) tooEarly).retryAfter()).isEqualTo(Duration.ofMillis(250));
    assertThat(inTime).isInstanceOf(Answered.class);
  }

  @Test
  void itemsAboveTheRateAreThrottled() {
    var service = service("items-per-second", "100");

    assertThat(service.receive(batch(1, 1, 300), 0).seen()).isInstanceOf(Answered.class);
    assertThat(service.receive(batch(2, 301, 301), SECOND).seen()).isInstanceOf(Throttled.class);
    assertThat(service.receive(batch(2, 301, 301), 3 * SECOND).seen()).isInstanceOf(Answered.class);
  }

  @Test
  void largeCallsFailOrAreTooLargeWhereToldSo() {
    assertThat(service("fail-above", "5").receive(batch(1, 1, 6), 0).seen())
        .isInstanceOf(Reply.Unavailable.class);
    assertThat(service("too-large-above", "5").receive(batch(1, 1, 6), 0).seen())
        .isInstanceOf(Reply.TooLarge.class);
    assertThat(service("too-large-above", "5").receive(batch(1, 1, 5), 0).seen())
        .isInstanceOf(Answered.class);
  }

  @Test
  void nobodyTakesCallsWhileItIsDown() {
    var service = service();
    service.goDown();

    assertThat(service.receive(batch(1, 1, 3), 0).seen()).isInstanceOf(Reply.Unavailable.class);
    assertThat(service.find(List.of(item(1)), 0)).isInstanceOf(Findings.Failed.class);
    service.comeBack();

    assertThat(service.receive(batch(1, 1, 3), 0).seen()).isInstanceOf(Answered.class);
  }

  @Test
  void findTellsWhatWasAppliedWithItsId() {
    var service = service("fail-after", "0");
    var accepted = (Accepted) verdicts(service.receive(batch(1, 1, 1), 0).seen()).getFirst();

    var findings = (Findings.Found) service.find(List.of(item(1), item(2)), 0);

    assertThat(findings.presences())
        .containsExactly(new Presence.Present(accepted.id()), new Presence.Absent());
  }

  @Test
  void orderWithinAKeyIsWatched() {
    var service = service();

    service.receive(batch(1, List.of(item(1, "a"), item(3, "a"), item(9, "b"))), 0);
    assertThat(service.truth().outOfOrder()).isZero();
    service.receive(batch(2, List.of(item(2, "a"), item(10, "b"))), 0);

    assertThat(service.truth().outOfOrder()).isOne();
  }

  @Test
  void callsAreKeptWithTheirTimes() {
    var service = service("fail-before", "1");

    service.receive(batch(1, 1, 1), 5);
    service.receive(batch(2, 2, 2), 9);

    assertThat(service.truth().callTimes())
        .containsExactly(Duration.ofNanos(5), Duration.ofNanos(9));
  }

  @Test
  void tenMillionItemsAreCountedOneByOne() {
    var counts = new OrdinalCounts();

    for (int ordinal = 10_000_000; ordinal > 0; ordinal--) {
      counts.increment(ordinal);
    }
    counts.increment(5_000_000);

    assertThat(counts.get(5_000_000)).isEqualTo(2);
    assertThat(IntStream.rangeClosed(1, 10_000_000).filter(i -> counts.get(i) != 1)).hasSize(1);
  }
}
