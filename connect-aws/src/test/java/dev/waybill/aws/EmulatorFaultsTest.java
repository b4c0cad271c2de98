package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A dispatcher to each emulator behind a proxy that withholds items truthfully: what it tells of
/// each item is what the emulator holds.
@Timeout(60) // a dispatcher that never ends is what some of these look for
class EmulatorFaultsTest {

  private static final int ITEMS = 40;
  private static final int BATCH = 10;
  private static final int IN_FLIGHT = 2;

  /// What became of the items, as the dispatcher tells it and as the emulator holds it.
  private record Outcome(
      List<String> submitted, List<Undelivered<String>> back, List<String> stored, int calls) {

    /// Delivered items are stored once, unprocessed and rejected ones never, unknown ones once or
    /// not at all; and there are no others.
    void assertTrue() {
      var handedBack = new HashSet<String>();
      for (Undelivered<String> one : back) {
        assertThat(handedBack.add(one.payload())).as("%s is handed back once", one).isTrue();
        if (one.disposition() != Disposition.UNKNOWN) {
          assertThat(stored).as("stored though %s", one).doesNotContain(one.payload());
        }
      }
      assertThat(stored).doesNotHaveDuplicates().isSubsetOf(submitted);
      assertThat(stored)
          .containsAll(submitted.stream().filter(text -> !handedBack.contains(text)).toList());
    }

    void assertAllDelivered() {
      assertThat(back).isEmpty();
      assertThat(stored).containsExactlyInAnyOrderElementsOf(submitted);
    }

    Set<String> backAs(Disposition disposition) {
      var texts = new HashSet<String>();
      for (Undelivered<String> one : back) {
        assertThat(one.disposition()).as("%s", one).isEqualTo(disposition);
        texts.add(one.payload());
      }
      return texts;
    }
  }

  private static Outcome deliver(EmulatorSubject subject) throws InterruptedException {
    List<String> texts = IntStream.range(0, ITEMS).mapToObj("item-%03d"::formatted).toList();
    List<Undelivered<String>> back;
    try (var dispatcher =
        Dispatcher.to(subject.open())
            .policy(
                policy ->
                    policy
                        .batchItems(BATCH)
                        .inFlight(IN_FLIGHT)
                        .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))))
            .open()) {
      texts.forEach(dispatcher::submit);
      back = dispatcher.flush();
    }
    var outcome = new Outcome(texts, back, subject.store().texts(), subject.proxy().calls().size());
    outcome.assertTrue();
    return outcome;
  }

  @ParameterizedTest
  @EnumSource
  void withoutFaultsAllIsDeliveredInFullCalls(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      Outcome outcome = deliver(subject);

      outcome.assertAllDelivered();
      assertThat(outcome.calls()).isEqualTo(ITEMS / BATCH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void throttledBatchesAreSentAgain(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      subject.proxy().faults().next(AwsFault.throttled(), AwsFault.throttled(Duration.ZERO));

      deliver(subject).assertAllDelivered();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KINESALITE,     ProvisionedThroughputExceededException",
    "ELASTICMQ,      InternalError",
    "ELASTICMQ,      RequestThrottled",
    "ELASTICMQ,      KmsThrottled",
    "ELASTICMQ_FIFO, InternalError",
    "DYNAMODB_LOCAL, UnprocessedItems",
    "DYNALITE,       UnprocessedItems"
  })
  void itemsThatTheServiceDeferredAreSentAgainAndTheOthersAreNot(Emulator emulator, String code)
      throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      subject.proxy().faults().next(AwsFault.itemsFailed(Selection.at(1, 4, 9), code));

      Outcome outcome = deliver(subject);

      outcome.assertAllDelivered();
      assertThat(outcome.calls()).isGreaterThan(ITEMS / BATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ELASTICMQ,      InvalidMessageContents",
    "ELASTICMQ,      InvalidParameterValue",
    "ELASTICMQ_FIFO, MissingParameter"
  })
  void itemsThatAreTheSendersFaultAreRejectedAtOnce(Emulator emulator, String code)
      throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      subject.proxy().faults().always(AwsFault.itemsFailed(Selection.containing("item-007"), code));

      Outcome outcome = deliver(subject);

      assertThat(outcome.backAs(Disposition.REJECTED)).containsExactly("item-007");
      assertThat(outcome.back().getFirst().reason().code()).isEqualTo(code);
      assertThat(outcome.calls()).isEqualTo(ITEMS / BATCH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itemOfWhichNobodyKnowsIsToldAsUnknownWhateverBecameOfIt(Effect effect) throws Exception {
    try (var subject = EmulatorSubject.of(Emulator.KINESALITE)) {
      subject
          .proxy()
          .faults()
          .next(AwsFault.itemsFailed(Selection.at(3), "InternalFailure", effect));

      assertThat(deliver(subject).backAs(Disposition.UNKNOWN)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"KINESALITE", "ELASTICMQ"},
      mode = Mode.INCLUDE)
  void itemInNeitherListIsToldAsUnknown(Emulator emulator) throws Exception {
    for (Effect effect : Effect.values()) {
      try (var subject = EmulatorSubject.of(emulator)) {
        // The last: a list that is shorter says nothing of those at its end.
        subject.proxy().faults().next(AwsFault.itemsMissing(Selection.at(BATCH - 1), effect));

        assertThat(deliver(subject).backAs(Disposition.UNKNOWN)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itemInNeitherListOfAFifoQueueIsSentAgainAndStoredOnce(Effect effect) throws Exception {
    try (var subject = EmulatorSubject.of(Emulator.ELASTICMQ_FIFO)) {
      subject.proxy().faults().next(AwsFault.itemsMissing(Selection.at(2, 5), effect));

      deliver(subject).assertAllDelivered();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"KINESALITE", "ELASTICMQ"},
      mode = Mode.INCLUDE)
  void batchWhoseConnectionWasCutIsToldAsUnknownAndNotSentAgain(Emulator emulator)
      throws Exception {
    for (Effect effect : Effect.values()) {
      try (var subject = EmulatorSubject.of(emulator)) {
        subject.proxy().faults().next(AwsFault.cut(effect));

        Outcome outcome = deliver(subject);

        assertThat(outcome.backAs(Disposition.UNKNOWN)).hasSize(BATCH);
        assertThat(outcome.stored()).hasSize(effect == Effect.APPLIED ? ITEMS : ITEMS - BATCH);
        assertThat(outcome.calls()).isEqualTo(ITEMS / BATCH);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ELASTICMQ_FIFO", "DYNAMODB_LOCAL", "DYNALITE"},
      mode = Mode.INCLUDE)
  void batchWhoseConnectionWasCutIsSentAgainWhereThatDoesNoHarm(Emulator emulator)
      throws Exception {
    for (Effect effect : Effect.values()) {
      try (var subject = EmulatorSubject.of(emulator)) {
        subject.proxy().faults().next(AwsFault.cut(effect), AwsFault.cut(effect));

        deliver(subject).assertAllDelivered();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void steadyThrottlingOfHalfTheItemsEnds(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      String code =
          emulator.service == EveryService.KINESIS
              ? "ProvisionedThroughputExceededException"
              : "RequestThrottled";
      subject.proxy().faults().always(AwsFault.itemsFailed(Selection.share(0.5, 7), code));

      Outcome outcome = deliver(subject);

      outcome.backAs(Disposition.UNPROCESSED);
      assertThat(outcome.stored()).hasSizeGreaterThan(ITEMS / 2);
      assertThat(outcome.calls()).as("calls for %d items", ITEMS).isLessThan(ITEMS * 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void deniedCredentialsEndItAtOnce(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator)) {
      subject.proxy().faults().always(AwsFault.denied());

      Outcome outcome = deliver(subject);

      assertThat(outcome.backAs(Disposition.UNPROCESSED)).hasSize(ITEMS);
      assertThat(outcome.calls())
          .as("calls, one at most for each that may be under way")
          .isLessThanOrEqualTo(IN_FLIGHT);
      assertThat(outcome.stored()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DYNAMODB_LOCAL", "DYNALITE"},
      mode = Mode.INCLUDE)
  void itemForWhichTheTableRefusesItsWholeBatchIsFound(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator);
        var dispatcher =
            Dispatcher.to(
                    DynamoDbDestination.<String>builder()
                        .connection(subject.connection())
                        .table(subject.name())
                        .item(EmulatorFaultsTest::withAnEmptySetIfBad)
                        .open())
                .open()) {
      for (int i = 0; i < ITEMS; i++) {
        dispatcher.submit((i == 17 ? "bad-" : "good-") + i);
      }

      List<Undelivered<String>> back = dispatcher.flush();

      assertThat(back).extracting(Undelivered::payload).containsExactly("bad-17");
      assertThat(back.getFirst().disposition()).isEqualTo(Disposition.REJECTED);
      assertThat(back.getFirst().reason().message()).contains("set");
      assertThat(subject.store().texts()).hasSize(ITEMS - 1).doesNotContain("bad-17");
    }
  }

  private static Map<String, AttributeValue> withAnEmptySetIfBad(String text) {
    List<String> tags = text.startsWith("bad") ? List.of() : List.of("a");
    return Map.of("id", AttributeValue.fromS(text), "tags", AttributeValue.fromSs(tags));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"DYNAMODB_LOCAL", "DYNALITE"},
      mode = Mode.INCLUDE)
  void twoWritesOfAKeyArriveInTheirOrder(Emulator emulator) throws Exception {
    try (var subject = EmulatorSubject.of(emulator);
        var dispatcher =
            Dispatcher.to(
                    DynamoDbDestination.<Integer>builder()
                        .connection(subject.connection())
                        .table(subject.name())
                        .item(
                            number ->
                                Map.of(
                                    "id", AttributeValue.fromS("key-" + number % 3),
                                    "n", AttributeValue.fromN(Integer.toString(number))))
                        .open())
                .open()) {
      subject.proxy().faults().next(AwsFault.itemsFailed(Selection.at(0), "UnprocessedItems"));
      for (int i = 0; i < 12; i++) {
        dispatcher.submit(i);
      }

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(((EmulatedTable) subject.store()).numbers())
          .containsExactlyInAnyOrder("9", "10", "11");
    }
  }

  @Test
  void orderOfAGroupIsKeptThroughFailures() throws Exception {
    try (var subject = EmulatorSubject.of(Emulator.ELASTICMQ_FIFO);
        var dispatcher =
            Dispatcher.to(subject.open())
                .policy(
                    policy ->
                        policy
                            .order(Policy.Order.PER_KEY)
                            .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))))
                .open()) {
      subject
          .proxy()
          .faults()
          .next(
              AwsFault.itemsFailed(Selection.all(), "InternalError"),
              AwsFault.throttled(),
              AwsFault.cut(Effect.APPLIED),
              AwsFault.cut(Effect.NOT_APPLIED));
      var texts = new ArrayList<String>();
      for (int i = 0; i < 8; i++) {
        texts.add("item-" + i);
        dispatcher.submit("item-" + i);
      }

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(subject.store().texts()).containsExactlyElementsOf(texts);
    }
  }
}
